# What both windows say.

app-name = OIRS en Terreno
date-time = { $date }, { $time } horas
network-online = Con conexión: se envía a la oficina
network-offline = Sin conexión: queda guardado aquí

action-continue = Continuar
action-back = Volver
action-cancel = Cancelar
action-close = Cerrar
action-erase-exit = Borrar y salir
action-change = Cambiar

field-optional = opcional
field-comuna = Comuna
field-comuna-hint = Escribe las primeras letras y elige de la lista.
field-comuna-none = No encontramos esa comuna. Revisa cómo se escribe.
field-comuna-count =
    { $count ->
        [one] 1 comuna. Presiona Enter para elegirla.
       *[other] { $count } comunas. Usa las flechas para elegir.
    }
field-country-none = No encontramos ese país. Revisa cómo se escribe.
field-country-count =
    { $count ->
        [one] 1 país. Presiona Enter para elegirlo.
       *[other] { $count } países. Usa las flechas para elegir.
    }
field-locality = Localidad o sector
field-name = Nombre y apellidos
field-social-name = Nombre social
field-document-type = Tipo de documento
field-document = Documento
field-number = Número
field-document-number = Número del documento
field-document-country = País que lo emitió
field-residence = País donde vive
field-email = Correo electrónico
field-phone = Teléfono
field-address = Dirección
field-organisation = Nombre de la organización
field-organisation-rut = RUT de la organización
field-role = Cargo o rol
field-affected-name = Nombre de la persona afectada
field-relation = Relación con esa persona

document-run = RUN
document-rut = RUT
document-ipe = IPE
document-ipa = IPA
document-pasaporte = Pasaporte
document-documento_extranjero = Otro documento extranjero
document-none = Sin documento
document-long-run = RUN (cédula de identidad)
document-long-ipe = IPE (estudiante sin RUN)
document-long-ipa = IPA (apoderado o apoderada sin RUN)
document-long-pasaporte = Pasaporte
document-long-documento_extranjero = Otro documento extranjero
document-long-none = Seguir sin documento
document-valid = Válido
document-repeated = Revisa el número: todas sus cifras son iguales.

refusal-wrong-window = Esta ventana no puede hacer eso.
refusal-locked = La pantalla está en manos de la ciudadanía. Recupérala con el PIN.
refusal-not-handed-over = Esta pantalla está cerrada. Pide al equipo que la abra.
refusal-rejected = Hay datos por corregir. Lo que escribiste sigue aquí.
refusal-pin-needed = Ingresa el PIN del equipo para seguir.
refusal-pin-not-set = Este equipo no tiene PIN. Crea uno antes de entregar la pantalla.
refusal-notice-not-read = Falta leer el aviso de privacidad. Vuelve al comienzo y léelo.
refusal-busy = Ya hay un trabajo en curso. Espera a que termine.
refusal-no-receipt = No hay un comprobante en esta sesión.
refusal-team-needed = Llama a una persona del equipo para seguir. Lo que escribiste sigue aquí.
refusal-nothing-to-void = No hay un registro que se pueda anular.
refusal-internal = Algo falló en este equipo. Lo que ya se guardó está seguro. Prueba de nuevo.

keyboard = Teclado en pantalla
keyboard-shift = Mayús
keyboard-symbols = 123
keyboard-letters = abc
keyboard-more = āṉŋ
keyboard-erase = Borrar
keyboard-space = espacio
keyboard-line = Línea
keyboard-hide = Ocultar teclado
keyboard-show = Mostrar teclado
keyboard-left = Mover a la izquierda
keyboard-right = Mover a la derecha
keyboard-shift-name = Mayús: la letra que sigue, en mayúscula
keyboard-erase-name = Borrar la letra anterior
keyboard-space-name = Espacio
keyboard-line-name = Línea nueva
keyboard-accent-acute = Acento agudo para la letra que sigue
keyboard-accent-grave = Acento grave para la letra que sigue
keyboard-accent-diaeresis = Diéresis para la letra que sigue
keyboard-accent-tilde = Tilde de la eñe para la letra que sigue
keyboard-accent-circumflex = Acento circunflejo para la letra que sigue
keyboard-accent-macron = Raya sobre la letra que sigue
keyboard-accent-below = Raya bajo la letra que sigue

pin-label = PIN
pin-person = Quién eres
pin-erase = Borrar
pin-enter = Entrar
pin-locked-leader = Hubo diez PIN incorrectos seguidos. Llama a la oficina y crea uno nuevo. Puedes seguir atendiendo.
pin-locked-team = Hubo diez PIN incorrectos seguidos. Pide un PIN nuevo a la jefatura. Puedes seguir atendiendo.
pin-said = { $person }: { $said }

lookup-title = ¿Qué quieres saber?
lookup-words = Busca con tus palabras
lookup-words-team = Lo que la persona busca, con sus palabras
lookup-hint = Por ejemplo: plata para la junta, carnet, bono.
lookup-none = Ninguna ficha responde a eso. Prueba con otras palabras o pregunta al equipo.
lookup-guess = Quizás te sirva alguna de estas fichas.
lookup-no-catalogue = Este equipo aún no tiene catálogo. Llega con la próxima sincronización.
lookup-count =
    { $count ->
        [one] 1 ficha encontrada.
       *[other] { $count } fichas encontradas.
    }
lookup-facts = Catálogo { $number } del { $date }, con { $count } fichas.
lookup-back = Volver a la búsqueda
read-aloud = Leer en voz alta
directory-agencies = A qué organismos derivamos
directory-offices = Oficinas
directory-broadcasts = Dónde informarte
directory-source = Según { $title }
directory-source-on = Según { $title } ({ $date })
lookup-want = Avisar que falta
lookup-wanted = Anotado. La oficina verá que falta y puede agregarlo.
lookup-large = Mostrar en grande
lookup-large-close = Cerrar
refusal-wanted-enough = Ya anotamos lo que falta. Si necesitas algo más, llama al equipo.
sheet-not-reviewed = La oficina aún no revisa esta ficha
sheet-ended = Valía hasta el { $date }
sheet-cost-gratuito = Es gratis.
sheet-cost-con_costo = Tiene costo. El organismo informa cuánto.
sheet-for-whom = Para quién
sheet-requirements = Requisitos
sheet-documents = Qué llevar
sheet-steps = Qué hacer
sheet-channels = Dónde
sheet-agency = Organismo
sheet-law = Ley
sheet-sources = De dónde sale esta información
