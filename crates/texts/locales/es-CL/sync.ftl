# How a sync ended: what happened, that nothing was lost, what to do. Codes are those of crate sync.

sync-progress = Enviados { $done } de { $total }.
sync-progress-left = Enviados { $done } de { $total }, quedan { $seconds } s.
sync-waiting = La conexión falló. Nada se perdió. Se intenta otra vez en { $seconds } s.
sync-outcome-done = Todo llegó a la oficina. No queda nada por enviar.
sync-outcome-forked = La oficina guardó estos registros aparte: hay otra copia de este equipo. Nada se perdió. Avisa a la oficina.
sync-outcome-revoked = La oficina revocó este equipo. Los registros llegaron y serán atendidos. Avisa a la oficina antes de seguir.
sync-outcome-expired = El certificado de este equipo venció. Los registros llegaron y serán atendidos. Pide a la oficina renovarlo.
sync-outcome-apart = La oficina guardó estos registros aparte. Nada se perdió. Avisa a la oficina.
sync-outcome-cancelled = Detuviste el envío. Lo ya confirmado quedó en la oficina y lo demás sigue aquí.
sync-fault-no-network = No hay conexión con la oficina. Todo sigue guardado aquí. Inténtalo cuando vuelva la señal.
sync-fault-captive-portal = Esta red pide iniciar sesión o desvía la conexión. Todo sigue guardado aquí. Entra a la red primero o usa otra.
sync-fault-clock-behind = El reloj de este equipo está atrasado. Todo sigue guardado aquí. Corrige la fecha y la hora.
sync-fault-clock-ahead = El reloj de este equipo está adelantado o el certificado de la oficina venció. Todo sigue guardado aquí. Revisa la fecha y la hora.
sync-fault-wrong-certificate = Quien responde no muestra el certificado de la oficina. Todo sigue guardado aquí. Usa otra red y avisa a la oficina.
sync-fault-server-busy = La oficina está ocupada. Todo sigue guardado aquí. Espera unos minutos e inténtalo otra vez.
sync-fault-server-full = La oficina no tiene espacio para recibir más. Todo sigue guardado aquí. Avisa a la oficina.
sync-fault-cut = La conexión se cortó. Lo ya confirmado quedó en la oficina y lo demás sigue aquí. Inténtalo otra vez.
sync-fault-refused = La oficina no aceptó el envío. Todo sigue guardado aquí. Avisa a la oficina.
sync-fault-rollback = La oficina ofreció contenidos más antiguos que los de este equipo. No se cambió nada. Avisa a la oficina.
sync-fault-not-our-office = Quien responde no es la oficina de este equipo. Todo sigue guardado aquí. Revisa la dirección y avisa a la oficina.
sync-fault-contradiction = La respuesta de la oficina no calza con lo enviado. Todo sigue guardado aquí. Avisa a la oficina.
sync-fault-bodies-gone = La oficina perdió registros que este equipo ya no tiene completos. Avisa a la oficina hoy mismo.
sync-fault-unanswered = La memoria no trae la respuesta de la oficina a todos los registros. Lo que falta sigue guardado aquí.
sync-fault-unreadable = Una parte de la bitácora no se puede leer. Lo demás se envió y nada se borró. Avisa a la oficina.

# What a sync found that somebody at the office has to look at.
sync-alarm-central-went-back = La oficina volvió a una copia anterior. Este equipo le envía de nuevo lo que le falta. Avisa a la oficina.
sync-alarm-forked = Hay otra copia de la bitácora de este equipo. Nada se perdió y empezó una bitácora nueva. Avisa a la oficina.
sync-alarm-overtaken = La oficina tiene registros de este equipo que aquí no están. Empezó una bitácora nueva. Avisa a la oficina.
sync-alarm-manifest-rolled-back = La oficina ofreció contenidos más antiguos que los de este equipo. No se cambió nada. Avisa a la oficina.
sync-alarm-bodies-gone = La oficina perdió registros que este equipo ya no tiene completos. Avisa a la oficina hoy mismo.
sync-alarm-ledger-unreadable = Una parte de la bitácora no se puede leer. Nada se borró. Avisa a la oficina.
