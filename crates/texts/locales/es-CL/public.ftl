# The public pages: a receipt's state, the form for number and code, and the check of a receipt.

public-brand = OIRS en Terreno
public-other-language = English
public-other-language-label = Read this page in English
public-skip = Ir al contenido
public-footer = Oficina de Información, Reclamos y Sugerencias
public-privacy = Esta página no muestra tu nombre ni lo que escribiste.
public-home-link = Ver cómo va una solicitud
public-verify-link = Comprobar si un comprobante es auténtico
public-phone = ¿Tienes dudas? Llama al { $line } o pregunta en la próxima visita.
public-no-phone = ¿Tienes dudas? Pregunta en la oficina o en la próxima visita.

public-number = Tu número es
public-number-other = Número
public-filed = Ingreso
public-other-clock = Hora de Santiago.
public-time-unconfirmed = La hora está sin confirmar.
public-paper = Formulario en papel
public-arrived = Llegó a la oficina
public-due = Te respondemos
public-due-value = a más tardar el { $date }, { $way }
public-no-answer-label = Respuesta
public-no-answer = No pediste respuesta
public-kind-unknown = solicitud
public-kind = Tipo

public-received-title = Tu { $kind } llegó a la oficina
public-received-pill = En la oficina
public-received-next = El equipo de la oficina está trabajando en tu respuesta.
public-received-next-none = El equipo de la oficina leerá lo que escribiste. No te contactaremos.
public-received-next-presencial = Muestra tu comprobante en la próxima visita o en la oficina para recibir tu respuesta.
public-late-note = Si pasa esa fecha sin respuesta, pregúntanos con tu número.

public-withdrawn-title = Retiraste tu { $kind }
public-withdrawn-pill = Retiro anotado
public-withdrawn-next = No seguiremos adelante. Si no fuiste tú, avísanos con tu número.

public-waiting-title = Tu { $kind } aún no llega a la oficina
public-waiting-pill = Comprobante auténtico
public-waiting-next = Lo que ingresaste quedó guardado en el equipo de terreno. Llegará a la oficina cuando ese equipo tenga conexión.
public-waiting-again = Vuelve a mirar esta página en unos días.
public-waiting-date = El plazo de respuesta cuenta desde el día del ingreso.

public-copy-title = Esta copia es auténtica
public-copy-pill = Copia auténtica
public-copy-next = Viene de un comprobante de esta oficina. Para ver cómo va la solicitud, escribe el código de control del original.

public-revoked-pill = Comprobante auténtico
public-revoked-note = El { $date } la oficina dio de baja el equipo que lo emitió.
public-revoked-before = El comprobante es anterior y sigue valiendo.
public-revoked-after = El comprobante dice una fecha posterior. Pregunta en la oficina con este papel.

public-false-title = Este comprobante no es auténtico
public-false-pill = No es auténtico
public-false-next = La firma no corresponde a lo que dice. Puede estar alterado, o el código se copió con un error.

public-unknown-title = No conocemos el equipo que emitió este comprobante
public-unknown-pill = Sin comprobar
public-unknown-next = Puede ser de otra oficina. Revisa la dirección impresa en tu papel.

public-unreadable-title = No pudimos leer este comprobante
public-unreadable-pill = Sin leer
public-unreadable-next = La dirección está incompleta o tiene un error. Apunta de nuevo la cámara al código, con buena luz.

public-try-code = También puedes escribir el número y el código de control de tu comprobante.

public-form-title = ¿Cómo va tu solicitud?
public-form-lead = Escribe el número y el código de control de tu comprobante.
public-form-folio = Número
public-form-folio-hint = Por ejemplo: { $example }
public-form-code = Código de control
public-form-code-hint = Son 8 letras y números. Por ejemplo: { $example }
public-form-button = Ver mi solicitud
public-form-error-title = Revisa lo que escribiste
public-form-error-folio = Este número tiene un error. Míralo de nuevo en tu comprobante.
public-form-error-folio-missing = Escribe el número de tu comprobante.
public-form-error-code = Este código tiene un error. Son 8 letras y números.
public-form-error-code-missing = Escribe el código de control de tu comprobante.
public-form-not-found = No encontramos una solicitud con ese número y ese código. Revisa que estén bien escritos.
public-form-not-found-yet = Si la ingresaste hace poco, puede que aún no llegue a la oficina.
public-form-error-prefix = Error: { $title }

public-verify-title = ¿Es auténtico este comprobante?
public-verify-lead = Pega la dirección completa del código QR, o solo la parte final.
public-verify-field = Dirección o código
public-verify-button = Comprobar
public-verify-missing = Pega la dirección o el código del comprobante.
public-verify-genuine-title = Este comprobante es auténtico
public-verify-genuine-pill = Auténtico
public-verify-genuine-next = Lo emitió un equipo de esta oficina y nadie lo ha alterado.

public-busy-title = Hay muchas consultas en este momento
public-busy-next = Espera un minuto y vuelve a intentarlo. Tu solicitud no se pierde.
public-missing-title = Esta página no existe
public-missing-next = Revisa la dirección de tu comprobante, o busca tu solicitud con tu número.
public-broken-title = No pudimos mostrar tu solicitud
public-broken-next = Hay un problema en la oficina, no en tu comprobante. Vuelve a intentarlo más tarde.
