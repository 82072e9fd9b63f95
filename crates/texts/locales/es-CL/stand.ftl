# What a use case of the stand can fail with: what happened, that nothing was lost, what to do.

stand-error-input = Hay datos que corregir. No se guardó nada de este ingreso.
stand-error-not-enrolled = Este equipo aún no está inscrito en una oficina. Inscríbelo con el código que te dé la oficina.
stand-error-already-enrolled = Este equipo ya está inscrito. No se cambió nada.
stand-error-enrolment-code = El código de inscripción está mal escrito. Revisa cada signo y vuelve a intentarlo.
stand-error-enrolment-untrusted = La oficina que respondió no es la que entregó el código. No inscribas el equipo y avisa a la oficina.
stand-error-enrolment-refused = La oficina no aceptó el código. Puede estar vencido o usado: pide otro.
stand-error-pin-needed = Esta función necesita tu PIN.
stand-error-pin-wrong = { $seconds ->
    [0] El PIN no es correcto. Inténtalo otra vez.
    [one] El PIN no es correcto. Espera { $seconds } segundo e inténtalo otra vez.
   *[other] El PIN no es correcto. Espera { $seconds } segundos e inténtalo otra vez.
}
stand-error-pin-delayed = { $seconds ->
    [one] Hubo varios PIN incorrectos. Espera { $seconds } segundo e inténtalo otra vez.
   *[other] Hubo varios PIN incorrectos. Espera { $seconds } segundos e inténtalo otra vez.
}
stand-error-not-an-outing = Ese no es el código de una salida. Escanéalo completo otra vez.
stand-error-outing-false = El código de la salida fue alterado. No te unas y avisa a la oficina.
stand-error-other-office = Esa salida es de otra oficina.
stand-error-outing-signer-unknown = Este equipo aún no conoce al puesto que comparte la salida. Sincroniza, o únete bajo tu responsabilidad.
stand-error-outing-signer-revoked = El puesto que comparte la salida está dado de baja. Avisa a la oficina.
stand-error-pin-form = El PIN debe tener entre 4 y 12 números.
stand-error-pin-locked = Hubo diez PIN incorrectos seguidos. La jefatura puede dar un PIN nuevo. Si la jefatura eres tú, llama a la oficina. Puedes seguir atendiendo.
stand-error-leader-needed = Esta función necesita el PIN de la jefatura.
stand-error-staff-code = El código debe tener entre 1 y 12 letras, números o guiones, sin tildes ni espacios.
stand-error-unknown-person = En este puesto nadie trabaja con ese código. Revisa que esté bien escrito.
stand-error-person-exists = Ese código ya es de otra persona. Elige otro.
stand-error-last-leader = Es la única jefatura del puesto. Nombra otra antes.
stand-error-team-full = La lista de personas está llena. Inscribe el equipo de nuevo para empezar otra.
stand-error-unlock-code = Ese código está mal escrito. Pide que te lo dicten otra vez.
stand-error-no-challenge = No hay un código esperando respuesta. Pide uno nuevo y llama a la oficina.
stand-error-response-wrong = { $seconds ->
    [0] La respuesta no es correcta. Revisa el código que dictaste y tu código de persona.
    [one] La respuesta no es correcta. Espera { $seconds } segundo e inténtalo otra vez.
   *[other] La respuesta no es correcta. Espera { $seconds } segundos e inténtalo otra vez.
}
stand-error-response-delayed = { $seconds ->
    [one] Hubo varias respuestas incorrectas. Espera { $seconds } segundo e inténtalo otra vez.
   *[other] Hubo varias respuestas incorrectas. Espera { $seconds } segundos e inténtalo otra vez.
}
stand-error-no-unlock-key = Este equipo no puede desbloquearse por teléfono. Inscríbelo de nuevo cuando vuelvas a la oficina.
stand-error-unknown-folio = En este equipo no hay una solicitud con ese número. Revisa que esté bien escrito.
stand-error-not-a-receipt = Eso no es el código de un comprobante. Revisa que esté completo.
stand-error-undo-over = Ya pasaron los segundos para deshacer. Nada cambió: puedes anular el registro.
stand-error-unknown-act = No hay un acta con ese número en este equipo. Revisa la lista de actas.
stand-error-not-an-act = Eso no es el código de un acta de cierre. Revisa que esté completo.
stand-error-catalogue-unreadable = El catálogo que llegó no se puede leer con este programa. Tus registros están a salvo: actualiza el programa.
stand-error-survey-unreadable = La encuesta que llegó no se puede leer con este programa. Tus registros están a salvo: actualiza el programa.
stand-error-no-invitation = Esa invitación no está esperando: ya se usó, pasó a otra persona o no hay encuesta.
stand-error-survey-answer = La respuesta no calza con la encuesta. No se guardó nada.
stand-error-unknown-sheet = Esa ficha no está en el catálogo de este equipo. Búscala por su nombre.
stand-error-no-code-in-picture = No se ve un código en la imagen. Toma otra foto de más cerca y con luz.
stand-error-receipt-not-drawn = No se pudo dibujar el comprobante. La solicitud sí está guardada.
stand-error-print-failed = No se pudo imprimir. No se perdió nada: revisa el papel y la conexión.
stand-error-paper-count = Se imprimen de 1 a 3 papeles a la vez. Nada cambió: elige otro número.
stand-error-no-printer = No hay una impresora elegida. Elige una en los ajustes.
stand-error-only-sheets = Sólo hay una impresora de hojas. El comprobante lleva la clave de la persona y no pasa por una cola de impresión. Elige una impresora de comprobantes.
stand-error-no-queue = No hay una impresora de hojas elegida. Elige una en los ajustes.
stand-error-bad-queue = Esa no es la dirección de una cola de impresión. Escríbela como ipp://equipo/printers/nombre.
stand-error-queue-for-receipts = Esa es la dirección de una cola de impresión. El comprobante lleva la clave de la persona y no pasa por una cola. Escríbela en la impresora de hojas.
stand-error-disk-full = El disco está casi lleno. Lo ya guardado está a salvo: libera espacio antes de seguir.
stand-error-in-use = Otro programa está usando estos datos. Ciérralo y vuelve a intentarlo.
stand-error-medium-full = La memoria no tiene espacio. Nada de este equipo cambió. Hay que liberar espacio o usar otra.
stand-error-medium-read-only = La memoria está protegida o no deja escribir. Nada de este equipo cambió. Revisa el seguro o usa otra.
stand-error-medium-gone = Ahí no hay una memoria ni una carpeta. Nada de este equipo cambió. Ponla otra vez y repite.
stand-error-medium-failed = La memoria falló. Nada de este equipo cambió. Sácala, ponla otra vez y repite, o usa otra.
stand-error-too-large = Un archivo de la memoria es más grande que todo lo esperado. No se tomó.
stand-file-unknown-signer = Lo firmó otra oficina, o nadie que este equipo conozca. No se tomó.
stand-file-damaged = Está cortado o alterado. No se tomó.
stand-file-unreadable = No se pudo leer. Pon la memoria otra vez y repite.
stand-error-date-outside-calendar = Esa fecha o ese plazo están fuera del calendario, que va de 2024 a 2100.
stand-error-newer-database = Los datos son de una versión más nueva del programa. No se tocaron: actualiza el programa.
stand-error-foreign-database = Los datos son de otro equipo. No se tocaron: revisa la carpeta de datos.
stand-error-damaged-database = La base de datos está dañada. Se guardó aparte, sin borrar nada: avisa a la oficina.
stand-error-no-outing = No hay una salida a terreno abierta.
stand-error-outing-open = Ya hay una salida a terreno abierta. Ciérrala antes de abrir otra.
stand-error-ledger = La bitácora no pudo usarse. Lo ya guardado no cambió: avisa a la oficina.
stand-error-bad-file = Un archivo del equipo no se puede leer. Lo ya guardado no cambió: avisa a la oficina.
stand-error-file-system = El sistema no dejó leer o escribir. Lo ya guardado no cambió: revisa el disco y los permisos.
stand-error-central-address = La dirección de la oficina no sirve. Debe empezar con https://.

# Adjuntos
stand-error-attachment-empty = El archivo está vacío. Nada se guardó; elige otro.
stand-error-attachment-too-large = El archivo es demasiado grande. Nada se guardó de él; la solicitud sigue igual.
stand-error-attachment-video = Es un video, y solo se reciben fotos y PDF. Nada se guardó de él.
stand-error-attachment-audio = Es un audio, y solo se reciben fotos y PDF. Nada se guardó de él.
stand-error-attachment-heic = Es una foto HEIC o AVIF. En el teléfono, elige el formato JPEG («más compatible») y repítela.
stand-error-attachment-other-picture = Ese formato de imagen no se recibe. Sirven JPEG, PNG y WebP.
stand-error-attachment-animated = La imagen se mueve, y solo se reciben fotos quietas. Nada se guardó de ella.
stand-error-attachment-archive = Es un archivo comprimido. Adjunta las fotos o el PDF por separado.
stand-error-attachment-document = Es un documento de otro programa. Guárdalo como PDF y adjúntalo.
stand-error-attachment-program = Es un programa, y no se recibe. Nada se guardó de él.
stand-error-attachment-markup = Es una página o un dibujo hecho de texto, y no se recibe. Sirven fotos y PDF.
stand-error-attachment-unknown = No se reconoce qué es este archivo. Sirven fotos JPEG, PNG o WebP, y PDF.
stand-error-attachment-too-many-dots = La imagen tiene demasiados puntos. Tómala con menos resolución.
stand-error-attachment-damaged = El archivo está dañado o incompleto. Nada se guardó de él; prueba con otro.
stand-error-attachment-pdf-encrypted = El PDF pide una clave. Guárdalo sin clave y adjúntalo.
stand-error-attachment-pdf-active = El PDF contiene programas u otros archivos. Imprímelo como PDF y adjunta ese.
stand-error-attachment-not-sealed = No se pudo sellar el archivo. Nada se guardó de él; la solicitud sigue igual.
stand-error-too-many-attachments = La solicitud ya tiene todos los adjuntos que puede tener.
stand-error-attachments-too-large = Los adjuntos de la solicitud serían demasiado grandes en total. Este no se guardó.
stand-error-camera-none = No hay ninguna cámara conectada a este equipo.
stand-error-camera-failed = La cámara no entregó una foto. Revisa que esté libre y prueba de nuevo.
stand-error-code-not-seen = No se vio un código en un minuto. Acércalo, con luz y sin reflejos, y prueba otra vez.
stand-error-other-code-seen = La cámara vio un código de otra cosa. Muéstrale el que buscas y prueba otra vez.
stand-error-attachment-file = No se pudo leer el archivo. Revisa que exista y que el pendrive siga puesto.

stand-error-update-none = Ahí no hay una versión nueva. Nada cambió.
stand-error-update-unsigned = Nadie autorizado firmó esta versión. No se instaló y nada cambió. Avisa a la oficina.
stand-error-update-foreign = Esta versión es de otra oficina, o la firmó quien no puede. No se instaló y nada cambió.
stand-error-update-damaged = Esta versión llegó cortada o alterada. No se instaló y nada cambió. Cópiala de nuevo.
stand-error-update-older = Esta versión no es más nueva que la de este equipo. No se instaló y nada cambió.
stand-error-update-ledger = Esta versión no sabe leer lo que hay en este equipo. No se instaló y nada cambió. Avisa a la oficina.
stand-error-update-package-missing = Falta el paquete de esta versión. Va junto al archivo firmado, con el mismo nombre. Nada cambió.
stand-error-update-rehearsal = La versión nueva falló al probarla con una copia. No se instaló y nada cambió. Avisa a la oficina.
stand-error-update-not-alive = La versión nueva no respondió. El equipo volvió a la anterior y nada se perdió. Avisa a la oficina.
stand-error-update-no-way-back = La versión anterior ya no sabe leer lo que hay en este equipo. No se volvió atrás. Avisa a la oficina.

# Tipos de lugar de una salida
place-kind-plaza = Plaza o calle
place-kind-sede_social = Sede social o junta de vecinos
place-kind-establecimiento_educacional = Escuela, liceo o jardín
place-kind-centro_de_salud = Centro de salud o posta
place-kind-edificio_municipal = Municipalidad
place-kind-edificio_publico = Otro edificio público
place-kind-feria = Feria o mercado
place-kind-recinto_deportivo = Gimnasio o cancha
place-kind-caleta_o_muelle = Caleta o muelle
place-kind-terminal = Terminal o estación
place-kind-residencia = Hogar o residencia
place-kind-domicilio = Domicilio
place-kind-otro = Otro lugar
place-kind-later = Un tipo de lugar que este programa no conoce: { $number }
