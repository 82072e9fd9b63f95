# The staff's window: one dense page, few words.

staff-outing = { $place } · salida del { $date }
staff-outing-unplaced = Salida del { $date }, sin lugar
staff-outing-none = Sin salida abierta
staff-network-online = Con conexión
staff-network-offline = Sin conexión
staff-network-unknown = Conexión sin comprobar
staff-battery = Batería { $percent } %
staff-battery-mains = Batería { $percent } %, enchufado
staff-printer-ready = Impresora lista
staff-printer-none = Sin impresora
staff-printer-failed = Impresora con problemas
staff-printer-paper_low = Impresora con poco papel
staff-printer-out_of_paper = Impresora sin papel
staff-printer-cover_open = Impresora abierta
staff-printer-absent = Impresora no aparece
staff-printer-unknown = Impresora sin comprobar
staff-theme-dark = Tema oscuro
staff-theme-light = Tema claro
staff-contrast = Alto contraste
staff-language = English
staff-warnings = Avisos
staff-menu = Funciones

menu-request = Nueva solicitud
menu-encounter = Atención rápida
menu-receipts = Comprobantes
menu-lookup = Buscar información
menu-printer = Impresora
menu-team = Personas del equipo
menu-sync = Sincronizar
menu-outing = Salida a terreno
menu-help = Ayuda
menu-hand-over = Pantalla ciudadana

warning-no-outing = No hay una salida abierta. Lo que ingreses quedará sin lugar.
warning-not-enrolled = Este equipo no está inscrito. Inscríbelo en una oficina antes de atender.
warning-battery-low = Queda poca batería. Enchufa el equipo o termina las atenciones que empezaste. Lo registrado está guardado.
warning-battery-empty = La batería se acaba en minutos. Termina esta atención. Lo registrado está guardado.
warning-no-printer = No hay impresora. Los comprobantes salen en pantalla.
warning-no-pin = Este equipo no tiene PIN. Crea uno antes de entregar la pantalla.
warning-wrong-pins = Antes de que entraras hubo PIN incorrectos con tu código. Si no fuiste tú, cambia tu PIN en F7.
warning-new-epoch = La bitácora anterior estaba dañada y quedó apartada. La jornada sigue en una nueva.
warning-ledger-bad = La bitácora no calza. No borres nada y avisa a la oficina: lo registrado sigue aquí.
warning-escapes-bad = La pantalla ciudadana tiene una salida abierta. No dejes a nadie a solas con ella y avisa a la oficina.
warning-disk-careful = Queda poco espacio en este equipo. Sincroniza y avisa a la oficina.
warning-disk-bad = No queda espacio: no se puede ingresar nada más. Avisa a la oficina.
warning-clock-careful = La hora está sin confirmar: { $now }. Si no es la de ahora, corrígela. Los comprobantes lo dirán.
warning-clock-bad = La hora de este equipo no calza con la de la oficina. Dice { $now }. Revísala.
warning-certificate-careful = El certificado de este equipo vence pronto. Sincroniza cuando puedas.
warning-certificate-bad = El certificado de este equipo venció. Sigue atendiendo y avisa a la oficina.
warning-seal-bad = El cifrado de este equipo falla. Avisa a la oficina antes de atender.
warning-catalogue-careful = El catálogo falta o tiene más de tres meses. Sincroniza cuando puedas.
warning-catalogue-bad = El catálogo tiene más de un año. Confirma con la oficina lo que informes.
warning-calendar-careful = El calendario de feriados tiene más de un año. Actualiza el programa.
warning-calendar-bad = El calendario de feriados es muy antiguo. Actualiza el programa y confirma los plazos con la oficina.
warning-keys-careful = Las claves de la oficina vencen pronto. Sincroniza cuando puedas.
warning-keys-bad = Las claves de la oficina vencieron. Sigue atendiendo y avisa a la oficina.
warning-sync-careful = Hace más de una semana que no se sincroniza todo. Busca una red cuando puedas.
warning-sync-bad = Hace más de un mes que no se sincroniza todo. Avisa a la oficina.
warning-mirror-careful = No hay copia en otra tarjeta o pendrive. Si el equipo se pierde, se pierde lo no enviado.
warning-mirror-bad = La copia en la tarjeta o el pendrive falta o no calza. Revísala: lo registrado está en este equipo.
warning-memory-careful = El sistema puede escribir memoria en el disco. Pide a la oficina revisar este equipo.
warning-alarms-careful = Hay un aviso de la oficina sobre esta bitácora. Consúltala.

request-title = Nueva solicitud
request-kind = Tipo de solicitud
request-text = Qué cuenta la persona
request-topic = Tema
request-person = Quién presenta
request-person-named = Persona
request-person-organisation = Organización
request-person-anonymous = Anónima
request-behalf = La presenta por otra persona
request-answer = Respuesta por
request-answer-correo = Correo
request-answer-telefono = Teléfono
request-answer-carta = Carta
request-answer-presencial = En persona
request-answer-ninguno = No
request-more = Más datos
request-more-filled =
    { $count ->
        [one] 1 campo lleno
       *[other] { $count } campos llenos
    }
request-more-what = otro contacto, país, documentos, quién atiende
request-representative = Representante
request-affected = Persona afectada
request-assisted-by = Atendido por
request-assisted-by-hint = código
request-paper = Si es papel, su fecha
request-paper-hint = dd/mm/aaaa hh:mm
request-notice = La persona escuchó el aviso de privacidad
request-will = La persona confirma que es su voluntad
request-notice-needed = Lee el aviso de privacidad a la persona antes de guardar.
request-will-needed = Pregunta a la persona si confirma su voluntad.
request-save = Guardar e imprimir
request-save-plain = Guardar
request-clear = Limpiar
request-saved = Quedó guardada
request-errors =
    { $count ->
        [one] 1 dato por corregir
       *[other] { $count } datos por corregir
    }
request-disk-full = A este equipo no le queda espacio. No empieces otra solicitud: atiende en papel y avisa a la oficina.

encounter-title = Atención rápida
encounter-matter = De qué se trató
encounter-matter-hint = Escribe unas letras y elige, o toca un tema.
encounter-sheets = Fichas que responden
encounter-topics = Temas
encounter-outcome = Qué resultó
encounter-outcome-informed = Se informó
encounter-outcome-referred = Se derivó
encounter-outcome-request_filed = Dejó solicitud
encounter-outcome-came_in_vain = Vino en vano
encounter-referred-to = A qué organismo
encounter-referred-hint = Escribe para acortar la lista.
encounter-refer-anyway = Derivar a ese organismo
encounter-referred = Se derivó a { $body }
encounter-saved = Atención registrada: { $matter }. { $outcome }.
encounter-undo = Deshacer ({ $seconds } s)
encounter-undone = Atención anulada. Quedó escrito que fue un error.
encounter-kind = Tipo, si dejó solicitud
encounter-profile = Perfil de la persona, para estadísticas (opcional)
encounter-profile-none = La oficina aún no entregó la llave de estadísticas. La atención se registra sin perfil.
encounter-profile-unasked = Sin preguntar
encounter-consent-read = Lee esto a la persona:
encounter-consent-given = La persona acepta
encounter-profile-lost = La atención quedó registrada, sin el perfil: falta la llave de la oficina.

receipts-title = Comprobantes
receipts-folio = Folio
receipts-control-code = Código de control
receipts-control-code-use = Está en el papel de la persona. Sin él, la oficina confirma antes con ella.
receipts-copy = Imprimir copia
receipts-copy-sheets = Imprimir copia en hoja
receipts-reprint = Reimprimir el último
receipts-explain = Explicar el plazo
receipts-add = Agregar a la solicitud
receipts-add-text = Qué se agrega
receipts-added = Quedó agregado
receipts-added-unproven = Quedó agregado. La oficina lo confirma con la persona.
receipts-withdraw = Retirar la solicitud
receipts-withdraw-reason = Por qué se retira
receipts-withdrawn = Solicitud retirada
receipts-withdrawn-unproven = Retiro anotado. La oficina lo confirma con la persona.
receipts-request = La solicitud
receipts-paper = Copia, plazo y adjuntos
receipts-more = Agregar algo
receipts-back = Retirarla
records-title = Últimos registros
records-note = Anular no borra: la oficina ve el registro y por qué se anuló.
records-none = Esta salida aún no tiene registros.
records-kind-encounter = Atención
records-kind-request = Solicitud
records-kind-addition = Agregado
records-kind-withdrawal = Retiro
records-void = Anular
records-void-one = Anular { $record }
records-void-now = Anular este registro
records-void-reason = Por qué se anula
records-is-void = Anulado
records-voided = Registro anulado: { $record }
receipts-verify = Comprobar un comprobante
receipts-verify-hint = Dirección o código del QR
receipts-verify-action = Comprobar
verdict-genuine = Auténtico
verdict-revoked_device = Auténtico, de un equipo revocado
verdict-unknown_signer = Firmado por un equipo que no conocemos
verdict-false = Falso: no lo aceptes
receipts-printed = Copia impresa
due-promise = Compromiso: { $date }
due-legal = Límite legal: { $date }
due-counted = Días contados
due-skipped = Días saltados
due-uncounted = La hora de este equipo no calzaba. Los días contados los muestra la oficina.
due-none = No pidió respuesta: no vence.
why-saturday = sábado
why-sunday = domingo
why-presentation-day = se considera presentada
why-holiday = feriado

printer-title = Impresora
printer-target = Dirección o dispositivo
printer-target-hint = 192.168.1.50:9100 o /dev/usb/lp0
printer-paper = Ancho del papel
printer-paper-58 = 58 mm
printer-paper-80 = 80 mm
printer-speed = Velocidad del cable serial
printer-speed-system = La del sistema
printer-speed-note = La misma que tiene la impresora: sale en su hoja de prueba. Con una distinta imprime signos raros.
printer-cutter = Corte del papel
printer-cutter-none = Sin cortador
printer-cutter-partial = Parcial
printer-cutter-full = Completo
printer-cutter-note = Sin cortador, el papel sale más largo, para cortarlo a mano. El corte parcial lo deja colgando de un borde.
printer-save = Guardar impresora
printer-remove = Quitar impresora
printer-test = Imprimir prueba
printer-saved = Impresora guardada
printer-state-ready = Lista para imprimir
printer-state-paper_low = Queda poco papel
printer-state-out_of_paper = Sin papel
printer-state-cover_open = La tapa está abierta
printer-state-failed = La impresora avisa un problema
printer-state-absent = No se encuentra la impresora
printer-state-unknown = La impresora no dice cómo está: imprime una prueba
printer-tested = Prueba impresa. Revisa que se lea bien.
printer-sent = Enviado a la impresora. Mira que salga.

# How many papers are printed at once.
papers-title = Cuántos papeles salen
papers-note = El primer papel es de la persona y lleva su clave. Los demás son copias para la oficina, sin clave. Las actas salen iguales, para firmarlas.
papers-receipt = De cada comprobante
papers-act = De cada acta de cierre
papers-save = Guardar cantidades
papers-saved = Cantidades guardadas

# The poster, and what is saved on a stick.
poster-heading = Afiche para la ciudadanía
poster-about = Una hoja para colgar junto a la pantalla. Dice qué se puede hacer, cómo, y dónde ver en qué va una solicitud.
poster-language = Idioma del afiche
poster-print = Imprimir afiche
poster-printed = Afiche impreso
poster-not-printed = No se imprimió el afiche. Quedó en «Sin imprimir».
poster-save = Guardar afiche en pendrive
poster-saved = El afiche quedó en «{ $name }», con el nombre { $file }. Ya puedes sacar el pendrive.
save-no-stick = No hay un pendrive puesto. Conéctalo y toca otra vez.
save-on = Guardar en { $name }

sheets-title = Impresora de hojas
sheets-note = Imprime fichas, actas y copias en hoja carta, por una cola de impresión. Un comprobante nunca pasa por ella: lleva la clave de la persona.
sheets-target = Dirección de la cola
sheets-target-hint = ipp://localhost/printers/oficina
sheets-save = Guardar impresora de hojas
sheets-remove = Quitar impresora de hojas
sheets-test = Imprimir prueba en hoja

# What did not come out of a printer, offered again until it does.
unprinted-title = Sin imprimir: { $count }
unprinted-receipt = Comprobante { $folio }
unprinted-copy = Copia del comprobante { $folio }
unprinted-sheet = Ficha: { $title }
unprinted-act = Acta: { $place }
unprinted-poster = Afiche para la ciudadanía
unprinted-left =
    { $count ->
        [one] Falta un papel.
       *[other] Faltan { $count } papeles.
    }
unprinted-tries =
    { $count ->
        [one] Un intento
       *[other] { $count } intentos
    }
unprinted-again = Imprimir otra vez
unprinted-drop = Ya no lo imprimas
unprinted-print-absent = No encontramos la impresora. Revisa que esté encendida y conectada.
unprinted-print-refused = La impresora no aceptó el trabajo. Revisa su dirección.
unprinted-print-timeout = La impresora no respondió a tiempo. Revisa el papel y la tapa.
unprinted-print-partial = La impresora se detuvo a la mitad. Retira ese papel.
unprinted-print-out-of-paper = La impresora no tiene papel.
unprinted-print-cover-open = La tapa de la impresora está abierta.
unprinted-print-no-pdf = Esa cola de impresión no recibe PDF. Elige otra.
unprinted-stand-error-no-printer = No hay una impresora elegida.
unprinted-stand-error-only-sheets = No hay una impresora de comprobantes elegida.
unprinted-stand-error-no-queue = No hay una impresora de hojas elegida.
unprinted-print-failed = La impresora avisa un problema. Revísala.

sync-title = Sincronizar
sync-start = Sincronizar ahora
sync-cancel = Detener
sync-idle = Todo está guardado en este equipo. Se envía solo cuando hay conexión.
sync-empty = No queda nada por enviar.
sync-running = Enviando
sync-records = { $sent } de { $total } registros
sync-bytes = { $bytes } enviados
sync-rate = { $rate } por segundo
sync-left = Quedan { $time }
sync-again = La conexión falló y nada se perdió. Se intenta otra vez en { $time }
sync-left-seconds = { $count } s
sync-left-minutes = { $count } min
sync-done =
    { $sent ->
        [0] Sincronizado a las { $time }: no había nada por enviar
        [one] Sincronizado a las { $time }: se envió un registro
       *[other] Sincronizado a las { $time }: se enviaron { $sent } registros
    }
sync-cancelled = Detenido. Lo enviado quedó enviado; lo demás sigue aquí.
sync-last = Última sincronización: { $date }
sync-never = Este equipo todavía no ha sincronizado.
sync-error-other = No se pudo sincronizar. Todo sigue guardado aquí.

attach-open = Adjuntar foto o PDF
attach-title = Adjuntos
attach-count = { $count } de { $max }
attach-full = Ya tiene todos los que puede tener.
attach-no-source = No hay cámara, pendrive ni tarjeta. Conecta uno y busca otra vez.
attach-camera = Tomar foto
attach-camera-named = Tomar foto con { $name }
attach-media = Elegir de { $names }
attach-again = Buscar otra vez
attach-files = Fotos y PDF, lo más nuevo primero
attach-files-newest = Los más nuevos. Hay más: deja solo los necesarios y elige otra vez.
attach-no-files = Ahí no hay fotos ni PDF.
attach-file = Archivo
attach-size = Tamaño
attach-date = Fecha
attach-busy = Preparando el archivo…
attach-look-picture = Mira la foto antes de guardarla
attach-look-pages = ¿Se guarda este PDF?
attach-look-alt = La foto, tal como quedaría guardada
attach-for = Para el folio { $folio }.
attach-made = De { $before } a { $after }, sin metadatos: ni lugar, ni fecha, ni teléfono.
attach-pages = Pesa { $size } y se guarda tal como viene.
attach-name = Qué es
attach-name-hint = Por ejemplo: la boleta del agua
attach-keep = Guardar
attach-retake = Tomar otra
attach-drop = Descartar
attach-kept = Adjunto guardado: { $count } de { $max }. Se envía después de la solicitud.
refusal-nothing-handed = Ya no hay un archivo por guardar. La solicitud sigue igual: tómalo o elígelo otra vez.

media-free = { $bytes } libres
media-busy = Escribiendo… No lo saques todavía.
media-file-unknown-signer =
    { $count ->
        [one] Un archivo no es de tu oficina y no se tomó.
       *[other] { $count } archivos no son de tu oficina y no se tomaron.
    }
media-file-damaged =
    { $count ->
        [one] Un archivo está dañado y no se tomó.
       *[other] { $count } archivos están dañados y no se tomaron.
    }
media-file-unreadable =
    { $count ->
        [one] Un archivo no se pudo leer.
       *[other] { $count } archivos no se pudieron leer.
    }
media-file-unfinished =
    { $count ->
        [one] Un archivo quedó a medias: lo sacaron antes de terminar.
       *[other] { $count } archivos quedaron a medias: lo sacaron antes de terminar.
    }
stick-title = Pendrive o tarjeta
stick-lead = Lleva a la oficina lo que espera, sin red. Nada se borra de este equipo.
stick-none = No hay ninguno conectado. Conéctalo y aparece aquí. En el equipo cerrado, su nombre debe empezar con OIRS.
stick-which = Cuál
stick-save = Guardar lo que espera
stick-read-action = Leer la respuesta de la oficina
stick-version = Tomar la versión { $version }
stick-version-taken = La versión { $version } quedó lista. Entra sola con la salida cerrada, cuando nadie use el equipo, o al encenderlo.
stick-on-usb =
    { $count ->
        [one] Un registro ya va en un pendrive y espera la respuesta de la oficina.
       *[other] { $count } registros ya van en un pendrive y esperan la respuesta de la oficina.
    }
stick-saved =
    { $count ->
        [one] Va un registro.
       *[other] Van { $count } registros.
    }
stick-saved-attachments =
    { $count ->
        [one] Va un adjunto.
       *[other] Van { $count } adjuntos.
    }
stick-saved-nothing = No hay registros que llevar: la oficina los tiene todos.
stick-saved-here = También siguen en este equipo, hasta que la oficina responda.
stick-out = Ya puedes sacarlo.
stick-read =
    { $count ->
        [one] La oficina confirmó un registro.
       *[other] La oficina confirmó { $count } registros.
    }
stick-read-attachments =
    { $count ->
        [one] Confirmó un adjunto.
       *[other] Confirmó { $count } adjuntos.
    }
stick-read-none = No trae una respuesta para este equipo. Nada cambió.
stick-read-nothing-new = No trae nada nuevo. Nada cambió.
stick-read-held =
    { $count ->
        [one] Falta su respuesta a un registro: sigue guardado aquí.
       *[other] Falta su respuesta a { $count } registros: siguen guardados aquí.
    }
stick-read-all = No queda ningún registro sin respuesta.

mirror-title = Copia en otro medio
mirror-lead = Si este equipo se pierde, la copia trae de vuelta lo registrado. Va sellada: nadie la puede leer.
mirror-state-off = No hay copia
mirror-state-unknown = Comparando la copia…
mirror-state-current = La copia está completa
mirror-state-behind = Copiando lo último
mirror-state-absent = La copia no está: pon la tarjeta o el pendrive otra vez
mirror-state-full = La copia no tiene espacio: usa un medio más grande
mirror-state-read_only = La copia no deja escribir: revisa el seguro de la tarjeta
mirror-state-failed = La copia falló: revisa el medio y avisa a la oficina
mirror-place = En { $name }
mirror-whole = Completa por última vez: { $date }
mirror-behind =
    { $count ->
        [one] Puede faltarle un registro
       *[other] Pueden faltarle { $count } registros
    }
mirror-same-disk = Está en el mismo disco que este equipo: se perdería con él. Elige un pendrive o una tarjeta.
mirror-check = Revisar ahora
mirror-use = Copiar en { $name }
mirror-off = No copiar más

carry-title = La copia de un equipo perdido
carry-none = Conecta su tarjeta o pendrive: aquí puedes entregar a la oficina lo que guardaba. Llega sellado.
carry-there =
    { $count ->
        [one] En { $name } hay registros de otro equipo.
       *[other] En { $name } hay registros de otros { $count } equipos.
    }
carry-send = Enviar a la oficina
carry-copy = Pasar a { $name }
carry-busy = Entregando… No lo saques todavía.
carry-sent = La oficina tiene todo lo que había ahí. Nada queda dos veces.
carry-copied = Todo quedó también en { $name }: llévalo a la oficina.
carry-part = Se entregó una parte. Lo demás sigue ahí.
carry-nothing = Ahí no hay registros que entregar.
carry-again = Lo entregado quedó entregado. Repite cuando se pueda: nada llega dos veces.
carry-attachments =
    { $count ->
        [one] También va un adjunto.
       *[other] También van { $count } adjuntos.
    }
carry-quarantined = La oficina guardó una parte aparte para revisarla. Nada se perdió.
carry-missing = Faltan registros anteriores que no están ahí. Avisa a la oficina.

outing-title = Salida a terreno
outing-place = Lugar
outing-place-hint = Nombre del lugar y localidad
outing-place-kind = Tipo de lugar
outing-place-kind-unsaid = Sin indicar
outing-goal = Meta de atenciones
outing-goal-wrong = Escribe la meta solo con cifras, de 1 a { $max }. Lo demás sigue aquí.
outing-open = Abrir salida
outing-close = Cerrar salida
outing-since = Abierta el { $date }
outing-team = Atienden: { $team }
outing-unplaced = Esta salida se abrió sola. Di dónde estás: se cierra con su acta y empieza otra con lugar.
outing-who = Quiénes atienden
outing-who-hint = Quien abre la salida queda siempre en la lista.
outing-share = Compartir con otro puesto
outing-share-how = El otro puesto lee este código en «Unirse a la salida de otro puesto». No necesita conexión.
outing-share-hide = Ocultar el código
outing-qr = Código QR de esta salida
outing-join-title = Unirse a la salida de otro puesto
outing-join-code = Código de la salida
outing-join-hint = Léelo con un lector de códigos, o pega su texto.
outing-join = Unirse
outing-join-anyway = Unirse igual
outing-joined = Este equipo ya es parte de la salida.
outing-joined-unknown = Aún no conoce al puesto que la compartió: sincroniza cuando puedas.
outing-joined-other-day = El otro puesto tiene otra fecha: revisen la hora de los dos equipos.
outing-close-note = Al cerrar queda un acta firmada con los números del día.
acts-title =
    { $count ->
        [one] Un acta anterior
       *[other] { $count } actas anteriores
    }
act-unplaced = Salida sin lugar
act-encounters = Atenciones
act-requests = Solicitudes
act-additions = Textos agregados
act-withdrawals = Retiros
act-voids = Anulaciones
act-voided-encounters = Atenciones
act-voided-requests = Solicitudes
act-profiles = Perfiles
act-surveys = Encuestas sorteadas
act-survey-answered = Respondidas
act-survey-refused = Rechazadas
act-survey-broken_off = Sin terminar
act-survey-lapsed = Sin tomar
act-receipts = Comprobantes impresos
act-copies = Copias
act-held =
    { $count ->
        [one] Un registro estaba solo en este equipo
       *[other] { $count } registros estaban solo en este equipo
    }
act-not-certified = La oficina aún no certifica este cierre
act-seal = Registros en la bitácora: { $count }. Sello: { $head }
act-code = Código QR del acta
act-code-show = Mostrar el código
act-code-how = Otro puesto lo lee en «Sumar cierres». No necesita conexión.
act-print = Imprimir acta
act-print-sheets = Imprimir acta en hoja
act-printed = Acta impresa
act-not-printed = No se imprimió el acta. Está guardada, y quedó en «Sin imprimir».
act-partly-printed = El acta salió, pero faltan papeles. Quedaron en «Sin imprimir».
act-save = Guardar acta en pendrive
act-saved = El acta quedó en «{ $name }», con el nombre { $file }. Ya puedes sacar el pendrive.

manual-title = Ayuda
manual-page = Qué quieres leer
manual-troubles = Problemas y remedios
manual-booklet = Cuadernillo del equipo
manual-check = Ver cómo está este equipo
manual-language = El manual está en español.

read-code = Leer con la cámara
read-code-outing = Muestra a la cámara el QR de la salida
read-code-act = Muestra a la cámara el QR del acta
read-code-receipt = Muestra a la cámara el QR del comprobante
read-code-how = Acércalo hasta que llene casi toda la imagen, con luz y sin reflejos. No se guarda ninguna foto.
read-code-sight = Lo que ve la cámara
read-code-waits = Abriendo la cámara…
read-code-other = Otra cámara
read-code-stop = Cancelar
read-code-no-camera = Este equipo no tiene una cámara que sirva. Usa un lector de códigos, o pega el texto del código.

sum-title = Sumar cierres
sum-how = Suma las actas de los puestos que compartieron la salida. Cada acta se comprueba antes de sumarla.
sum-code = Código del acta
sum-code-hint = Léelo con un lector de códigos, o pega su texto.
sum-add = Agregar acta
sum-own = Este puesto, { $prefix }
sum-stand = Puesto { $prefix }
sum-unknown = Puesto desconocido
sum-counted = Sumada
sum-counted-revoked = Sumada, de un equipo revocado
sum-why-not_an_act = No es el código de un acta
sum-why-unknown_signer = No se sumó: este equipo aún no conoce al puesto. Sincroniza.
sum-why-false = Falsa: no se sumó
sum-why-twice = Ya estaba en la suma
sum-why-other_outing = Es de otra salida: no se sumó
sum-drop = Quitar
sum-drop-named = Quitar el acta { $number }
sum-total =
    { $count ->
        [0] Ningún acta sumada
        [one] Un acta sumada
       *[other] { $count } actas sumadas
    }

hand-over-title = Entregar la pantalla
hand-over-body = La ventana del equipo se oculta. Para recuperarla necesitas el PIN.
hand-over-how = Toca tres segundos la marca de arriba, o pulsa Ctrl + Mayús + F10.
hand-over-action = Entregar a la ciudadanía
take-back-title = Recuperar la pantalla
take-back-body = Solo para el equipo. Se borra lo que haya en la pantalla.

unlock-title = Se necesita el PIN

counter-encounters = atenciones
counter-requests = solicitudes
counter-goal = de la meta
counter-surveys = encuestas
survey-waiting =
    { $count ->
        [one] Una persona está invitada a la encuesta.
       *[other] { $count } personas están invitadas a la encuesta.
    }
survey-waiting-note = Se responde a solas: entrega la pantalla con F10.
survey-gone = Ya se fue
queue-title = Por enviar
queue-amount =
    { $count ->
        [one] { $records } registro · { $bytes }
       *[other] { $records } registros · { $bytes }
    }
queue-none = Todo enviado
queue-note = Todo está guardado en este equipo. Se envía solo cuando hay conexión.
today-title = Folios de hoy
today-folio = Folio
today-kind = Tipo
today-time = Hora
today-state = Estado
today-none = Todavía no hay solicitudes hoy.
today-all = Ver todos los de hoy
today-held = por enviar
today-sent = llegó
today-copy-of = Ver { $folio }

# A new machine, and its PIN.
enrol-title = Inscribe este equipo
enrol-lead = La oficina te entregó un código o un QR. Este equipo se inscribe una sola vez, con conexión.
enrol-code = Código de inscripción
enrol-code-hint = Son 32 letras y números. También sirve el texto completo del QR.
enrol-central = Dirección de la oficina
enrol-central-hint = Por ejemplo: https://oirs.example.cl
enrol-action = Inscribir
enrol-asking = Consultando a la oficina…
new-pin = PIN nuevo
new-pin-again = El mismo PIN otra vez
new-pin-hint = De 4 a 12 números. Con él recuperas la pantalla. No abre lo que escribió la gente.
new-pin-differs = No es igual al primero.
new-pin-action = Guardar PIN
lookup-attend = Anotar la atención
lookup-print = Imprimir ficha
lookup-print-sheets = Imprimir ficha en hoja
lookup-printed = Ficha impresa
lookup-not-printed = No se imprimió la ficha. Quedó en «Sin imprimir».

# Who works at this stand, by code.
people-title = Personas del equipo
people-lead = Cada persona tiene su código y su PIN. Aquí no se guardan nombres: la oficina sabe de quién es cada código.
people-acting = Ahora actúa { $code }.
people-acting-none = Nadie ha ingresado su PIN.
people-change = Cambiar de persona
people-role = Qué puede hacer
people-role-team = Equipo
people-role-leader = Jefatura
people-locked = PIN bloqueado
people-new-pin = PIN nuevo
people-new-pin-of = PIN nuevo para { $code }
people-to-leader = Nombrar jefatura
people-to-leader-of = Nombrar jefatura a { $code }
people-to-team = Quitar jefatura
people-to-team-of = Quitar jefatura a { $code }
people-now-leader = { $code } ahora es jefatura.
people-now-team = { $code } ya no es jefatura y sigue en el equipo.
people-remove = Quitar
people-remove-of = Quitar a { $code }
people-remove-sure = ¿Quitar? Su PIN deja de servir.
people-removed = { $code } ya no trabaja en este puesto. Lo que registró sigue guardado.
people-add-title = Agregar a una persona
people-add = Agregar
people-added = { $code } ya puede trabajar en este puesto.
people-pin-set = { $code } tiene un PIN nuevo.
people-code = Código
people-code-hint = Hasta 12 letras, números o guiones. No uses el nombre de la persona.

# A leader whose PIN opens nothing any more, in either window.
telephone-title = Desbloquear por teléfono
telephone-offer = ¿Olvidaste tu PIN? La oficina puede ayudarte por teléfono, sin conexión. Lo registrado está guardado.
telephone-read = Llama a la oficina. Dicta tu código y este código, signo por signo. Escribe la respuesta que te den.
telephone-person = Tu código
telephone-challenge = Código para dictar
telephone-line = Teléfono de la oficina
telephone-response = Respuesta de la oficina
telephone-enter = Guardar PIN y entrar

# The stand at the start of a day.
device-title = Este equipo
device-all-good = Todo en orden
device-some-careful =
    { $count ->
        [one] 1 cosa por revisar
       *[other] { $count } cosas por revisar
    }
device-some-bad =
    { $count ->
        [one] 1 cosa por arreglar
       *[other] { $count } cosas por arreglar
    }
device-good = Bien
device-careful = Revisar
device-bad = Arreglar
device-all = Lo que lleva y cómo está ({ $count })
device-test = Probar otra vez
device-tests = Probando…
device-tested = Prueba terminada.
