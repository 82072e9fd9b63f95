# The citizen's window: one question a screen, in tú, no sentence over twenty words.

help = Pedir ayuda
help-title = Pide ayuda al equipo
help-body = Levanta la mano o llama a la persona del equipo. Lo que escribiste sigue aquí.

team-title = Llama a una persona del equipo
team-body = Esta pantalla recibió varias solicitudes seguidas. El equipo ingresa su PIN y sigues. Lo que escribiste sigue aquí.
bigger-text = Letra más grande
biggest-text = Letra aún más grande
normal-text = Letra normal
high-contrast = Alto contraste
normal-contrast = Contraste normal
language-name-es-CL = Español
language-name-en = English
options = Opciones de lectura

closed-title = Esta pantalla está cerrada
closed-body = Pide a la persona del equipo que la abra.

start-title = Te damos la bienvenida
start-lead = Aquí puedes preguntar, reclamar, pedir, proponer, felicitar u opinar.
start-action = Dejar una solicitud
start-look-up = Buscar información
start-free = Es gratis y para todas las personas. No necesitas internet ni clave.
start-step-tell = Cuéntanos
start-step-tell-note = Con tus palabras, en pocos minutos.
start-step-review = Revisa y envía
start-step-review-note = Puedes cambiar todo antes de enviar.
start-step-receipt = Llévate tu comprobante
start-step-receipt-note = Con tu número y la fecha de respuesta.
start-sealed = Lo que escribes se guarda cifrado. Solo lo abre la oficina.
start-disk-full-title = Ahora no podemos recibir tu solicitud aquí
start-disk-full = A este equipo no le queda espacio. Pide ayuda al equipo: te atienden de otra forma.
start-not-enrolled-title = Este equipo aún no está listo
start-not-enrolled = Falta inscribirlo en la oficina. Pide ayuda a la persona del equipo.
start-no-printer = Hoy no hay impresora. Tu comprobante sale en la pantalla: puedes fotografiarlo.
start-clock = La hora de este equipo está sin confirmar. Tu comprobante lo dirá.
start-language-people = Tradujeron y revisaron este idioma: { $people }.

notice-title = Antes de empezar: tus datos
notice-what = Qué guardamos
notice-what-body = Guardamos lo que escribes y los datos que quieras dar. Puedes no dar tu nombre.
notice-why = Para qué
notice-why-body = Para responderte y mejorar la atención. No los usamos para otra cosa.
notice-who = Quién los ve
notice-who-body = Solo la oficina. Si otro organismo debe responderte, recibe lo necesario y te avisamos.
notice-rights = Tus derechos
notice-rights-body = Puedes pedir ver, corregir, borrar, llevarte o bloquear tus datos. Es gratis.
notice-minors = Si tienes menos de 14 años, escribe junto a tu madre, padre o tutor.
notice-more = Leer el aviso completo
notice-version = Versión { $version }
notice-accept = Leí el aviso y continúo
notice-item-policy = Política y versión
notice-item-policy-body = Este aviso rige desde el { $version }. La ley es la 19.628, artículo 14 ter.
notice-item-controller = Responsable
notice-item-controller-body = { $office }. Es el organismo que recibe y responde tu solicitud.
notice-item-contact = Contacto
notice-item-contact-body = En la oficina, en la próxima visita o en el teléfono de tu comprobante.
notice-item-categories = Datos que tratamos
notice-item-categories-body = Tu solicitud, el lugar y la hora. Si los das: nombre, documento y datos de contacto.
notice-item-purposes = Finalidad
notice-item-purposes-body = Registrar, responder o derivar tu solicitud. También contar atenciones, sin nombres.
notice-item-basis = Base legal
notice-item-basis-body = Función legal de la oficina: Decreto 680 de 1990 y Ley 19.880.
notice-item-recipients = Destinatarios
notice-item-recipients-body = El organismo competente, si no lo es esta oficina. Nunca empresas.
notice-item-security = Seguridad
notice-item-security-body = Este equipo cifra tu solicitud al guardarla. Solo la oficina tiene la llave.
notice-item-rights = Cómo ejercer tus derechos
notice-item-rights-body = Pídelo a la jefatura del servicio. Responde en un máximo de 30 días corridos.
notice-item-agency = Reclamo ante la Agencia
notice-item-agency-body = Si no te responden, puedes reclamar ante la Agencia de Protección de Datos Personales.
notice-item-retention = Tiempo
notice-item-retention-body = Se guardan mientras hagan falta para responderte y lo exija la ley.
notice-item-source = Origen
notice-item-source-body = Los das tú, o la persona que presenta la solicitud por ti.
notice-item-withdrawal = Retirar tu solicitud
notice-item-withdrawal-body = Puedes retirarla con tu número y tu código de control, en la oficina o en la próxima visita.
notice-item-automated = Decisiones automáticas
notice-item-automated-body = No hay. Una persona lee y responde cada solicitud.

kind-title = ¿Qué quieres hacer?
kind-everyday-consulta = Preguntar algo
kind-everyday-reclamo = Reclamar
kind-everyday-peticion = Pedir algo
kind-everyday-sugerencia = Proponer una idea
kind-everyday-felicitacion = Felicitar
kind-everyday-opinion = Dar mi opinión

text-title-consulta = ¿Qué quieres saber?
text-title-reclamo = Cuéntanos qué pasó
text-title-peticion = ¿Qué quieres pedir?
text-title-sugerencia = ¿Cuál es tu idea?
text-title-felicitacion = ¿A quién quieres felicitar?
text-title-opinion = ¿Qué opinas?
text-label = Tu solicitud
text-tip = Ayuda que digas
text-tip-consulta = qué trámite o beneficio te interesa y qué ya sabes.
text-tip-reclamo = dónde fue, cuándo, y qué esperas que pase.
text-tip-peticion = qué necesitas, para quién y para cuándo.
text-tip-sugerencia = qué mejorarías, dónde y por qué.
text-tip-felicitacion = quién te atendió, dónde y qué hizo bien.
text-tip-opinion = sobre qué tema y qué te parece.
text-own-words = Escribe con tus palabras.
text-left =
    { $left ->
        [one] Te queda { $count } letra
       *[other] Te quedan { $count } letras
    }
text-over =
    { $over ->
        [one] Sobra { $count } letra
       *[other] Sobran { $count } letras
    }

place-title = ¿De qué comuna hablas?
place-locality-hint = Por ejemplo: Caleta Tortel, sector Rincón Alto.

answer-title = ¿Quieres una respuesta?
answer-choice-correo = Sí, por correo
answer-choice-correo-note = Te escribimos a tu correo electrónico.
answer-choice-telefono = Sí, por teléfono
answer-choice-telefono-note = Te llamamos al número que nos des.
answer-choice-carta = Sí, por carta
answer-choice-carta-note = La enviamos a tu dirección.
answer-choice-presencial = Sí, en persona
answer-choice-presencial-note = Vienes con tu comprobante.
answer-choice-ninguno = No, gracias
answer-choice-ninguno-note = La leemos igual.

contact-title-correo = ¿A qué correo te escribimos?
contact-title-telefono = ¿A qué teléfono te llamamos?
contact-title-carta = ¿A qué dirección escribimos?
contact-email-hint = Por ejemplo: nombre@correo.cl
contact-phone-hint = Por ejemplo: +56 9 1234 5678
contact-address-hint = Calle, número y sector.
contact-address-comuna = Comuna de esa dirección
contact-more = Otra forma de contactarte
contact-more-note = Si no podemos responderte así, usamos esta.

who-title = ¿Quién presenta la solicitud?
who-self = Yo, con mi nombre
who-self-note = Nos ayuda a responderte mejor.
who-anonymous = Prefiero no decirlo
who-anonymous-note = Sin nombre ni documento. También es válida.
who-organisation = Una organización
who-organisation-note = La presentas en su nombre.
who-behalf = Otra persona
who-behalf-note = La presentas por alguien más.

name-title = ¿Cómo te llamas?
name-hint = Como aparece en tu documento.
name-social-hint = Cómo quieres que te llamemos.
document-title = ¿Qué documento tienes?
document-optional-note = Puedes seguir sin documento.
residence-title = ¿En qué país vives?
residence-label = País donde vives
residence-hint = Escribe las primeras letras y elige de la lista.
organisation-title = ¿Qué organización es?
affected-title = ¿Por quién la presentas?
relation-hint = Por ejemplo: su hija, su vecino, su cuidadora.
role-hint = Por ejemplo: presidenta, secretario.

review-title = Revisa antes de enviar
review-kind = Quieres
review-text = Escribiste
review-place = Lugar
review-answer = Respuesta
review-who = Presenta
review-contact-none = No pediste respuesta
review-anonymous = Sin dar tu nombre
review-document-none = sin documento
review-organisation = { $organisation }, a través de { $name }
review-organisation-only = { $organisation }
review-behalf = { $name }, por { $affected }
review-behalf-only = Por { $affected }
review-also = también { $contact }
review-residence = Vive en: { $country }
review-unnamed = Sin nombre
review-change-kind = Cambiar lo que quieres hacer
review-change-text = Cambiar lo que escribiste
review-change-place = Cambiar el lugar
review-change-answer = Cambiar la respuesta
review-change-who = Cambiar quién presenta
review-will = Al enviar confirmas que presentas esta solicitud por tu voluntad.
review-send = Enviar
review-sending = Guardando…

receipt-saved = Quedó guardada
receipt-title-consulta = Recibimos tu consulta
receipt-title-reclamo = Recibimos tu reclamo
receipt-title-peticion = Recibimos tu petición
receipt-title-sugerencia = Recibimos tu sugerencia
receipt-title-felicitacion = Recibimos tu felicitación
receipt-title-opinion = Recibimos tu opinión
receipt-screen-number = Tu número es
receipt-screen-code = Código de control
receipt-screen-filed = Ingreso
receipt-unconfirmed = hora sin confirmar
receipt-screen-due = Te respondemos
receipt-due-correo = a más tardar el { $date }, por correo
receipt-due-telefono = a más tardar el { $date }, por teléfono
receipt-due-carta = a más tardar el { $date }, por carta
receipt-due-presencial = a más tardar el { $date }, en persona
receipt-due-ninguno = No pediste respuesta
receipt-doubts = Dudas
receipt-qr-alt = Código QR de tu comprobante
receipt-screen-qr-use = Apunta aquí la cámara de tu teléfono
receipt-screen-keep = Con tu número y el código puedes preguntar cómo va. Cuídalos: son solo tuyos.
receipt-printing = Tu comprobante se está imprimiendo.
receipt-printed = Tu comprobante salió impreso. Retíralo.
receipt-sent = Enviamos tu comprobante a la impresora. Espera a que salga.
receipt-print-failed = No pudimos imprimir. Tu solicitud ya quedó guardada. Fotografía esta pantalla o pide ayuda.
receipt-no-printer = No hay impresora. Fotografía esta pantalla o anota tu número y tu código.
receipt-print-again = Imprimir de nuevo
receipt-finish = Terminar

finish-title = ¿Ya tienes tu comprobante?
finish-body = Al terminar borramos esta pantalla. No podrás volver a verla.
finish-yes = Sí, terminar
finish-no = Todavía no

exit-title = ¿Borrar y salir?
exit-body = Se borra todo lo que escribiste. Nada quedó guardado.
exit-yes = Borrar y salir
exit-no = Seguir escribiendo

idle-title = ¿Sigues aquí?
idle-body =
    { $seconds ->
        [one] Por tu privacidad, borraremos esta pantalla en 1 segundo.
       *[other] Por tu privacidad, borraremos esta pantalla en { $seconds } segundos.
    }
idle-extend = Sí, dame más tiempo
idle-leave = Borrar y salir

stage-kind = Qué
stage-text = Tu mensaje
stage-place = Dónde
stage-answer = Respuesta
stage-who = Quién
stage-review = Revisar
stage-progress = Paso { $number } de { $total }: { $name }

survey-invited = ¿Nos respondes una encuesta corta?
survey-invited-note = Son { $count } preguntas, menos de un minuto. El equipo no ve lo que respondes y puedes decir que no.
survey-begin = Responder la encuesta
survey-refuse = No, gracias
survey-progress = Pregunta { $at } de { $of }
survey-dont-know = No sé
survey-declined = Prefiero no responder
survey-needed = Elige una respuesta. También puedes elegir «Prefiero no responder».
survey-thanks = Gracias por responder
survey-thanks-note = Tus respuestas quedaron guardadas y cifradas, sin tu nombre.
survey-finish = Terminar
