# The receipt. `**` marks what is printed in bold.

receipt-brand = OIRS en Terreno
receipt-office = Oficina de Información, Reclamos y Sugerencias
receipt-title = Comprobante { $folio }
receipt-title-copy = Copia del comprobante { $folio }
receipt-lead = Recibimos tu **{ $kind }**.
receipt-number = Tu número es

receipt-copy = COPIA
receipt-copy-note = Prueba que ingresaste tu solicitud. El código de control está solo en el original.

receipt-filed = Ingreso
receipt-date-time = { $date }, { $time } horas
receipt-time-unconfirmed = Hora sin confirmar
receipt-paper = Fecha del formulario en papel
receipt-place = Lugar
receipt-locality = { $locality }, comuna de { $comuna }
receipt-region = Región { $joined }
receipt-due = Te respondemos a más tardar el
receipt-no-answer-label = Respuesta
receipt-no-answer = No pediste respuesta

receipt-qr-use = Mira cómo va con la cámara de tu teléfono.
receipt-qr-use-copy = Comprueba con un teléfono que esta copia es auténtica.
receipt-qr-alternative = Código QR con la dirección para comprobar esta copia en { $host }
receipt-address = Dirección del código QR

receipt-code = Código de control
receipt-code-use = ¿Sin cámara? Entra a **{ $host }** con tu número y este código.

receipt-next = Qué pasa ahora
receipt-step-sent = Tu solicitud quedó guardada. Llega a la oficina cuando hay conexión.
receipt-step-correo = Te escribiremos al correo que nos diste.
receipt-step-telefono = Te llamaremos al teléfono que nos diste.
receipt-step-carta = Te enviaremos una carta a la dirección que nos diste.
receipt-step-presencial = Muestra este papel en la próxima visita o en la oficina para recibir tu respuesta.
receipt-step-presencial-copy = Muestra el comprobante original en la próxima visita o en la oficina para recibir tu respuesta.
receipt-step-ninguno = El equipo de la oficina la leerá. No te contactaremos.
receipt-step-unconfirmed = El reloj del equipo no estaba confirmado cuando ingresaste tu solicitud.

receipt-phone = ¿Sin internet? Llama al **{ $line }** o pregunta en la próxima visita.
receipt-no-phone = ¿Sin internet? Pregunta en la próxima visita.
receipt-keep = Cuida este papel: quien lo tenga puede ver cómo va tu solicitud. El sol lo borra.
receipt-keep-copy = Guarda este papel a la sombra: el sol lo borra.

# What a printer is tried with.
receipt-test = **Prueba de impresora**
receipt-test-document = Prueba de impresora
receipt-test-note = Si lees todas las letras y la línea llega de borde a borde, la impresora está lista.

slip-source-use = Escanea el código para leer más en la fuente.
slip-source = Fuente: { $title }
slip-for-whom = Para quién
slip-requirements = Requisitos
slip-documents = Qué llevar
slip-steps = Qué hacer
slip-channels = Dónde
slip-not-reviewed = La oficina aún no revisa esta ficha.
slip-ended = Valía hasta el { $date }.

# The poster beside the screen.
poster-title = Aquí te atiende el Estado
poster-lead = **Pregunta, reclama, pide, propón, felicita u opina. Es gratis.**
poster-step-begin = Toca **Dejar una solicitud**. O pide al equipo que escriba por ti.
poster-step-tell = Cuenta con tus palabras qué pasó o qué necesitas.
poster-step-send = Revisa y envía.
poster-step-take = **Llévate tu comprobante:** tiene tu número y la fecha de respuesta.
poster-note = No necesitas internet, clave ni carnet. Puedes no dar tu nombre. Lo que escribes se guarda cifrado: solo la oficina puede leerlo.
poster-follow = ¿En qué va tu solicitud?
poster-follow-how = Míralo en **{ $host }**, con tu número y tu código de control.
poster-phone = ¿Sin internet? Llama al **{ $line }**.
poster-code = Código QR de { $host }
