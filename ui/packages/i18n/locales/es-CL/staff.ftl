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
menu-sync = Sincronizar
menu-outing = Salida a terreno
menu-hand-over = Pantalla ciudadana

warning-no-outing = No hay una salida abierta. Lo que ingreses quedará sin lugar.
warning-not-enrolled = Este equipo no está inscrito. Inscríbelo en una oficina antes de atender.
warning-battery-low = Queda poca batería. Enchufa el equipo o termina las atenciones que empezaste. Lo registrado está guardado.
warning-battery-empty = La batería se acaba en minutos. Termina esta atención. Lo registrado está guardado.
warning-no-printer = No hay impresora. Los comprobantes salen en pantalla.
warning-no-pin = Este equipo no tiene PIN. Crea uno antes de entregar la pantalla.
warning-new-epoch = La bitácora anterior estaba dañada y quedó apartada. La jornada sigue en una nueva.
warning-disk-careful = Queda poco espacio en este equipo. Sincroniza y avisa a la oficina.
warning-disk-bad = No queda espacio: no se puede ingresar nada más. Avisa a la oficina.
warning-clock-careful = La hora está sin confirmar. Los comprobantes lo dirán.
warning-clock-bad = La hora de este equipo no calza con la de la oficina. Revísala.
warning-certificate-careful = El certificado de este equipo vence pronto. Sincroniza cuando puedas.
warning-certificate-bad = El certificado de este equipo venció. Sigue atendiendo y avisa a la oficina.
warning-seal-careful = El cifrado de este equipo necesita revisión. Avisa a la oficina.
warning-seal-bad = El cifrado de este equipo falla. Avisa a la oficina antes de atender.
warning-catalogue-careful = El catálogo falta o tiene más de tres meses. Sincroniza cuando puedas.
warning-catalogue-bad = El catálogo tiene más de un año. Confirma con la oficina lo que informes.
warning-calendar-careful = El calendario de feriados termina este año. Avisa a la oficina.
warning-calendar-bad = El calendario de feriados terminó. Avisa a la oficina.
warning-keys-careful = Las claves de la oficina vencen pronto. Sincroniza cuando puedas.
warning-keys-bad = Las claves de la oficina vencieron. Sigue atendiendo y avisa a la oficina.
warning-sync-careful = Hace más de una semana que no se sincroniza todo. Busca una red cuando puedas.
warning-sync-bad = Hace más de un mes que no se sincroniza todo. Avisa a la oficina.
warning-mirror-careful = No hay copia en otra tarjeta o pendrive. Si el equipo se pierde, se pierde lo no enviado.
warning-mirror-bad = La copia en la tarjeta o el pendrive falta o no calza. Revísala: lo registrado está en este equipo.
warning-memory-careful = El sistema puede escribir memoria en el disco. Pide a la oficina revisar este equipo.
warning-memory-bad = El sistema puede escribir memoria en el disco. Pide a la oficina revisar este equipo.
warning-alarms-careful = Hay un aviso de la oficina sobre esta bitácora. Consúltala.
warning-alarms-bad = La oficina encontró un problema con esta bitácora. Consúltala hoy.

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
request-due = Vence el
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
receipts-void = Anular el último registro
receipts-void-reason = Por qué se anula
receipts-voided = Registro anulado
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

outing-title = Salida a terreno
outing-place = Lugar
outing-place-hint = Plaza, sede social, localidad
outing-goal = Meta de atenciones
outing-open = Abrir salida
outing-close = Cerrar salida
outing-since = Abierta el { $date }
outing-close-note = Al cerrar queda un acta firmada con los números del día.
outing-opened = Salida abierta
outing-closed = Salida cerrada
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
act-print = Imprimir acta
act-printed = Acta impresa
act-not-printed = No se imprimió el acta. Está guardada: revisa el papel y prueba otra vez.

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
today-voided = anulado
today-withdrawn = retirado
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
lookup-printed = Ficha impresa
lookup-not-printed = No se imprimió la ficha. Revisa el papel y la impresora.
