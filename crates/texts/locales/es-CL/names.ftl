# Names of the closed lists, as they stand inside a sentence (lower case) and alone (upper case first).

kind-consulta = consulta
kind-felicitacion = felicitación
kind-opinion = opinión
kind-peticion = petición
kind-reclamo = reclamo
kind-sugerencia = sugerencia

kind-title-consulta = Consulta
kind-title-felicitacion = Felicitación
kind-title-opinion = Opinión
kind-title-peticion = Petición
kind-title-reclamo = Reclamo
kind-title-sugerencia = Sugerencia

answer-correo = por correo electrónico
answer-telefono = por teléfono
answer-carta = por carta
answer-presencial = en persona
answer-ninguno = sin respuesta

space-terreno = OIRS en Terreno
space-oirs = OIRS
space-telefono = Teléfono
space-buzon = Buzón
