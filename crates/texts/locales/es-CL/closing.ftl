# The closing act and the office's certificate of it: numbers of an outing, nothing of a person.

act-title = Acta de cierre de la salida
act-document = Acta de cierre { $stand }
act-place = Lugar
act-place-unknown = El equipo no indicó el lugar
act-opened = Apertura
act-closed = Cierre

act-section-encounters = Atenciones
act-section-requests = Solicitudes
act-section-records = Otros registros
act-section-surveys = Encuesta
act-section-papers = Papeles
act-section-whereabouts = Dónde están los registros

act-encounters = En total: **{ $count }**
act-informed = Con la información: **{ $count }**
act-referred = Enviadas a otro organismo: **{ $count }**
act-request-filed = Con una solicitud: **{ $count }**
act-came-in-vain = Sin poder ayudar: **{ $count }**
act-requests = En total: **{ $count }**
act-consulta = Consultas: **{ $count }**
act-felicitacion = Felicitaciones: **{ $count }**
act-opinion = Opiniones: **{ $count }**
act-peticion = Peticiones: **{ $count }**
act-reclamo = Reclamos: **{ $count }**
act-sugerencia = Sugerencias: **{ $count }**
act-additions = Textos agregados: **{ $count }**
act-withdrawals = Desistimientos: **{ $count }**
act-voids = Anulaciones: **{ $count }**
act-profiles = Perfiles: **{ $count }**
act-drawn = Personas sorteadas: **{ $count }**
act-answered = Respondieron: **{ $count }**
act-refused = No quisieron: **{ $count }**
act-broken-off = No terminaron: **{ $count }**
act-lapsed = Nadie la tomó: **{ $count }**
act-receipts-printed = Comprobantes enviados a imprimir: **{ $count }**
act-copies = Copias hechas: **{ $count }**
act-held = Solo en este equipo: **{ $count }**
act-carried = De ellos, también en otro medio: **{ $count }**
act-acknowledged = Confirmados por la oficina: **{ $count }**
act-quarantined = De ellos, en cuarentena: **{ $count }**
act-attachments-waiting = Archivos por enviar: **{ $count }**

act-held-only-here = { $count ->
    [0] Al cierre, la oficina ya tenía todos los registros.
    [one] **{ $count } registro todavía sólo en este equipo.** Cuida el equipo hasta sincronizar.
   *[other] **{ $count } registros todavía sólo en este equipo.** Cuida el equipo hasta sincronizar.
}
act-not-reconciled = La oficina aún no certifica este cierre. Lo hará después de sincronizar.
act-seal = Registros en la bitácora: { $count }. Sello: { $head }
act-code-use = Con este código, otro equipo o la oficina comprueban el acta.
act-code-alternative = Código QR del acta de cierre

# One line, with all that explains it.
certificate-none = La oficina aún no certifica este cierre.
certificate-zero = Diferencia: cero.
certificate-difference = Diferencia: { $list }.
certificate-item = { $what }: el acta dice { $stated } y la oficina abrió { $counted }
certificate-unopened = { $count ->
    [one] La oficina no pudo abrir { $count } registro.
   *[other] La oficina no pudo abrir { $count } registros.
}
certificate-quarantined = { $count ->
    [one] { $count } registro está en cuarentena y se atiende igual.
   *[other] { $count } registros están en cuarentena y se atienden igual.
}
certificate-apart = { $count ->
    [one] Hay { $count } registro más en otra rama de esta bitácora.
   *[other] Hay { $count } registros más en otra rama de esta bitácora.
}
counted-requests = solicitudes
counted-encounters = atenciones
counted-profiles = perfiles
counted-additions = textos agregados
counted-withdrawals = desistimientos
counted-voids = anulaciones
counted-encounters-informed = atenciones con la información
counted-encounters-referred = atenciones enviadas a otro organismo
counted-encounters-request-filed = atenciones con una solicitud
counted-encounters-came-in-vain = atenciones sin poder ayudar
counted-requests-consulta = consultas
counted-requests-felicitacion = felicitaciones
counted-requests-opinion = opiniones
counted-requests-peticion = peticiones
counted-requests-reclamo = reclamos
counted-requests-sugerencia = sugerencias
counted-other = otro número

# The reason of a void that the team made within the seconds of undoing.
undo-reason = Deshecho por el equipo a los pocos segundos
