# One sentence group for each code of domain::ErrorCode: what happened, what stays safe, what to do.
# No message repeats what the person wrote: messages are logged and seen by others.

error-json-syntax = No pudimos leer esta línea: no es un objeto JSON. Las demás líneas quedaron registradas. Corrígela y envíala de nuevo.
error-invalid-utf8 = No pudimos leer esta línea: no está en UTF-8. Las demás líneas quedaron registradas. Guárdala en UTF-8 y envíala de nuevo.
error-line-too-long = Esta línea es demasiado larga y no la registramos. Las demás líneas quedaron registradas. Acórtala y envíala de nuevo.
error-wrong-type = Este dato no es del tipo que corresponde. Lo demás que escribiste sigue aquí. Escríbelo como texto, número u objeto, según el campo.
error-unknown-field = No conocemos este campo. Lo demás que escribiste sigue aquí. Revisa cómo se escribe o quítalo.
error-duplicate-field = Este campo aparece dos veces. Lo demás que escribiste sigue aquí. Deja uno solo.
error-missing = Falta este dato. Lo demás que escribiste sigue aquí. Complétalo para continuar.
error-empty = Este campo está vacío. Lo demás que escribiste sigue aquí. Escribe algo para continuar.
error-too-long = El texto es demasiado largo: caben { $max } caracteres. Todo lo que escribiste sigue aquí. Acórtalo para continuar.
error-control-character = Hay un carácter invisible que no podemos guardar. Lo demás que escribiste sigue aquí. Bórralo y escribe esa parte de nuevo.
error-line-break = Este dato va en una sola línea. Lo que escribiste sigue aquí. Une las líneas para continuar.
error-unknown-kind = No conocemos este tipo de solicitud. Puede ser consulta, felicitación, opinión, petición, reclamo o sugerencia. Elige uno para continuar.
error-unknown-value = Esta opción no existe para este campo. Lo demás que escribiste sigue aquí. Elige una de la lista.
error-invalid-uuid = El identificador no es un UUID. No registramos nada con él. Corrígelo o quítalo: el equipo creará uno.
error-unknown-comuna = No encontramos esta comuna. Lo demás que escribiste sigue aquí. Elígela de la lista por su nombre.
error-invalid-country = No encontramos este país. Lo demás que escribiste sigue aquí. Elígelo de la lista por su nombre.
error-invalid-language = No reconocemos este idioma. Lo demás que escribiste sigue aquí. Elígelo de la lista.
error-invalid-email = Este correo no está bien escrito. Lo demás que escribiste sigue aquí. Revisa que tenga una arroba y un punto, como nombre@correo.cl.
error-invalid-phone = Este teléfono no está bien escrito. Lo demás que escribiste sigue aquí. Escríbelo con sus números, como +56 9 1234 5678.
error-invalid-document = El número no corresponde a este tipo de documento. Lo demás que escribiste sigue aquí. Revisa el número o cambia el tipo.
error-rut-check-digit = El dígito verificador no corresponde a este número. Lo demás que escribiste sigue aquí. Revisa el número y el dígito final.
error-answer-way-missing = Falta el dato para responder por ese medio. Lo demás que escribiste sigue aquí. Agrégalo o elige otro medio.
error-invalid-date = Esta fecha no está bien escrita. Lo demás que escribiste sigue aquí. Escríbela con día, mes y año de cuatro cifras.
error-impossible-date = Esta fecha no existe en el calendario. Lo demás que escribiste sigue aquí. Revisa el día, el mes y la hora.
error-future-date = Esta fecha todavía no llega. Lo demás que escribiste sigue aquí. Revisa la fecha y también el reloj del equipo.
error-date-too-old = Esta fecha es demasiado antigua. Lo demás que escribiste sigue aquí. Revisa el año.
error-invalid-folio = Este número de solicitud no es correcto. Nada cambió. Cópialo de nuevo, letra por letra, desde el comprobante.
error-invalid-control-code = Este código de control no es correcto. Nada cambió. Cópialo de nuevo desde el comprobante: son ocho letras y números.
error-invalid-target = No encontramos el registro al que se refiere. Nada cambió. Revisa la época y la secuencia.
error-consent-needed = Este dato es sensible y pide tu consentimiento expreso. Lo demás que escribiste sigue aquí. Lee el texto, acepta o deja este dato fuera.
error-guardian-needed = Por la edad, este dato pide el consentimiento de la madre, el padre o quien cuida. Lo demás sigue aquí. Pídelo o deja este dato fuera.
error-contradicts = Este dato no calza con otro que escribiste. Todo sigue aquí. Revisa los dos y deja solo el correcto.
