# Names of the closed lists, as they stand inside a sentence (lower case) and alone (upper case first).

kind-consulta = question
kind-felicitacion = praise
kind-opinion = opinion
kind-peticion = petition
kind-reclamo = complaint
kind-sugerencia = suggestion

kind-title-consulta = Question
kind-title-felicitacion = Praise
kind-title-opinion = Opinion
kind-title-peticion = Petition
kind-title-reclamo = Complaint
kind-title-sugerencia = Suggestion

answer-correo = by e-mail
answer-telefono = by telephone
answer-carta = by letter
answer-presencial = in person
answer-ninguno = without an answer

space-terreno = OIRS en Terreno
space-oirs = OIRS
space-telefono = Telephone
space-buzon = Mailbox
