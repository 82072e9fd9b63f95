# What a stand carries and how old it is. Each name has a sentence for green, yellow, red, and for none at all.

carried-catalogue-good = El catálogo { $number } es del { $date }.
carried-catalogue-careful = El catálogo { $number } tiene { $days } días. Sincroniza antes de salir.
carried-catalogue-bad = El catálogo está muy viejo o no se puede leer. Confirma con la oficina lo que informes.
carried-catalogue-none = Este equipo no trae catálogo. Sincroniza antes de salir.
carried-survey-good = La encuesta { $number } es del { $date }.
carried-survey-careful = La encuesta { $number } tiene { $days } días. Sincroniza antes de salir.
carried-survey-bad = La encuesta está muy vieja o no se puede leer. Sincroniza antes de salir.
carried-survey-none = Este equipo no trae encuesta. Nadie será invitado a responder.
carried-calendar-good = El calendario de feriados se revisó el { $date } y llega hasta { $year }.
carried-calendar-careful = El calendario de feriados se revisó el { $date }, hace { $days } días. Actualiza el programa.
carried-calendar-bad = El calendario de feriados es muy antiguo: se revisó el { $date }. Actualiza el programa y confirma los plazos con la oficina.
carried-calendar-none = No hay calendario de feriados. Actualiza el programa.
carried-keys-good = Las claves de la oficina valen hasta el { $date }.
carried-keys-careful = Las claves de la oficina vencen el { $date }. Sincroniza pronto.
carried-keys-bad = Las claves de la oficina vencieron el { $date }. Puedes seguir atendiendo: avisa a la oficina.
carried-keys-none = Faltan claves de la oficina. Sincroniza y avisa a la oficina.
carried-certificate-good = El certificado de este equipo vale hasta el { $date }.
carried-certificate-careful = El certificado de este equipo vence el { $date }. Pide a la oficina que lo renueve.
carried-certificate-bad = Este equipo está vencido o dado de baja. Puedes seguir atendiendo: avisa a la oficina.
carried-certificate-none = Este equipo no tiene certificado. Avisa a la oficina.
carried-manifest-good = Las instrucciones de la oficina son del { $date }.
carried-manifest-careful = Las instrucciones de la oficina son del { $date }. Sincroniza pronto.
carried-manifest-bad = Las instrucciones de la oficina no se pueden leer. Sincroniza.
carried-manifest-none = Este equipo aún no recibe instrucciones de la oficina. Sincroniza antes de salir.
carried-sync-good = La última sincronización completa fue el { $date }.
carried-sync-careful = La última sincronización completa fue hace { $days } días. Busca una red cuando puedas.
carried-sync-bad = La última sincronización completa fue hace { $days } días. Avisa a la oficina.
carried-sync-none = Este equipo nunca se ha sincronizado. Hazlo antes de salir.
carried-clock-good = La hora está confirmada por la oficina.
carried-clock-careful = La hora está sin confirmar. Los comprobantes lo dirán.
carried-clock-bad = La hora de este equipo no puede ser. Corrígela.
carried-clock-none = Este equipo no dice la hora. Revísalo.
carried-disk-good = Quedan { $number } MB libres.
carried-disk-careful = Quedan solo { $number } MB libres. Sincroniza y libera espacio.
carried-disk-bad = Quedan { $number } MB libres: no alcanza para atender. Libera espacio antes de salir.
carried-disk-none = No se sabe cuánto espacio queda. Revisa el disco.
carried-printer-good =
    Hay una impresora elegida, de { $number } mm, {$detail ->
        [none] sin cortador
        [full] con corte completo
       *[partial] con corte parcial
    }.
carried-printer-careful = Revisa la impresora.
carried-printer-bad = La impresora no funciona. Los comprobantes salen en pantalla.
carried-printer-none = No hay impresora elegida. Los comprobantes salen en pantalla.

carried-program-good = Programa: versión { $version }.
carried-program-careful = Programa: versión { $version }.
carried-program-bad = Programa: versión { $version }.
carried-program-none = No sabemos qué versión del programa corre.
carried-update-good = La versión { $version } está lista. Se instala con la salida cerrada, cuando nadie use el equipo, o al encenderlo.
carried-update-careful = La versión { $version } no se instaló. El equipo sigue con la de antes y nada se perdió. Avisa a la oficina.
carried-update-bad = La versión { $version } no se instaló. El equipo sigue con la de antes y nada se perdió. Avisa a la oficina.
carried-update-none = No hay una versión nueva.
carried-update-by-hand-good = La versión { $version } está lista. La instala quien administra el equipo, con la salida cerrada.
carried-update-by-hand-careful = La versión { $version } está lista. La instala quien administra el equipo, con la salida cerrada.
carried-update-by-hand-bad = La versión { $version } está lista. La instala quien administra el equipo, con la salida cerrada.
carried-update-by-hand-none = No hay una versión nueva.
carried-arriving-good = La versión { $version } viene en camino: va en { $number } %. Puedes seguir trabajando.
carried-arriving-careful = La versión { $version } viene en camino: va en { $number } %. Puedes seguir trabajando.
carried-arriving-bad = La versión { $version } viene en camino: va en { $number } %. Puedes seguir trabajando.
carried-arriving-none = No viene una versión nueva.
