# What the self-test found: a sentence for each thing and how it is.

check-printer-ready = La impresora está lista.
check-printer-paper-low = La impresora funciona y le queda poco papel. Ten otro rollo a mano.
check-printer-unknown = La impresora no dice cómo está. Imprime una prueba.
check-printer-none = No hay una impresora elegida. Puedes atender: los comprobantes salen en pantalla.
check-printer-out-of-paper = La impresora no tiene papel. Pon un rollo: mientras tanto, los comprobantes salen en pantalla.
check-printer-cover-open = La impresora tiene la tapa abierta. Ciérrala: mientras tanto, los comprobantes salen en pantalla.
check-printer-failed = La impresora avisa un problema. Apágala y enciéndela: mientras tanto, los comprobantes salen en pantalla.
check-printer-absent = No se encuentra la impresora. Enciéndela y revisa el cable: los comprobantes salen en pantalla.

check-ledger-whole = La bitácora está completa y calza de principio a fin.
check-ledger-set-aside = Una bitácora dañada quedó apartada. La jornada sigue en una nueva: avisa a la oficina.
check-ledger-damaged = La bitácora no calza. No borres nada y avisa a la oficina.

check-mirror-current = La copia en la tarjeta o el pendrive está al día.
check-mirror-same-disk = La copia está en este mismo equipo. Si se pierde, se pierde lo no enviado: usa una tarjeta o un pendrive.
check-mirror-off = No hay copia en otra tarjeta o pendrive. Si el equipo se pierde, se pierde lo no enviado.
check-mirror-unknown = La copia se está comparando. Prueba otra vez en un momento.
check-mirror-behind = A la copia le faltan registros: { $detail }. Lo registrado está en este equipo.
check-mirror-absent = La copia en la tarjeta o el pendrive falta o no calza. Revísala: lo registrado está en este equipo.
check-mirror-full = La tarjeta o el pendrive de la copia no tiene espacio. Usa uno más grande: lo registrado está en este equipo.
check-mirror-read-only = La copia no deja escribir. Revisa el seguro de la tarjeta: lo registrado está en este equipo.
check-mirror-failed = La copia falló. Revisa la tarjeta y avisa a la oficina: lo registrado está en este equipo.

check-seal-works = El cifrado funciona.
check-seal-fails = El cifrado falla. Avisa a la oficina antes de atender.
check-pin-set = Hay un PIN para recuperar la pantalla.
check-pin-none = Este equipo no tiene PIN. Crea uno antes de entregar la pantalla.
check-alarms-none = La oficina no ha dado avisos sobre esta bitácora.
check-alarms-given = Hay un aviso de la oficina sobre esta bitácora. Consúltala.

check-camera-there = Hay una cámara: { $detail }.
check-camera-unusable = La cámara no da fotos que sirvan. Puedes recibir los papeles en un pendrive.
check-camera-none = No se ve una cámara. Puedes recibir los papeles en un pendrive.

check-battery-mains = El equipo está enchufado. La batería tiene { $detail } %.
check-battery-enough = El equipo está sin enchufar. La batería tiene { $detail } %.
check-battery-half = El equipo está sin enchufar y la batería tiene { $detail } %. Cárgala antes de salir.
check-battery-none = No se ve una batería. Si se corta la luz, el equipo se apaga: lo registrado queda guardado.
check-battery-low = Queda poca batería: { $detail } %. Enchufa el equipo antes de atender. Lo registrado está guardado.

check-memory-held = El sistema no deja en el disco lo que hay en memoria.
check-memory-leaks = El sistema puede escribir memoria en el disco. Pide a la oficina revisar este equipo.

check-escapes-shut = La pantalla ciudadana no tiene salidas conocidas abiertas.
check-escapes-ordinary = Este equipo no es solo pantalla ciudadana: hay otros programas. No dejes a nadie a solas con él.
check-escapes-open = La pantalla ciudadana tiene algo abierto: { $detail }. No dejes a nadie a solas con ella y avisa a la oficina.

# What is open on a computer that should be nothing but the stand, as it follows a colon.
escape-test-build = un programa hecho para pruebas
escape-user = otro usuario del sistema
escape-privileges = permisos de más
escape-consoles = otras consolas o el reinicio por teclado
escape-console = una consola delante de la pantalla
escape-settings = ajustes del sistema que faltan
escape-sysrq = la tecla SysRq
escape-core-pattern = copias de la memoria en el disco
escape-ptrace = programas que leen la memoria de otros
escape-disk-files = archivos temporales en el disco
escape-media = un pendrive o tarjeta que puede ejecutar programas
