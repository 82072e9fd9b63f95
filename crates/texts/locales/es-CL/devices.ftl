# The printer and the photograph of a receipt: what went wrong and what to do.

print-absent = No encontramos la impresora. La solicitud quedó guardada. Revisa que esté encendida y conectada.
print-refused = La impresora no aceptó el trabajo. La solicitud quedó guardada. Revisa su dirección y que nadie más la use.
print-timeout = La impresora no respondió a tiempo. La solicitud quedó guardada. Revisa el papel y la tapa, y prueba de nuevo.
print-partial = La impresora se detuvo a la mitad. La solicitud quedó guardada. Retira ese papel y prueba de nuevo.
print-out-of-paper = La impresora no tiene papel. La solicitud quedó guardada. Pon papel y prueba de nuevo.
print-cover-open = La tapa de la impresora está abierta. La solicitud quedó guardada. Ciérrala y prueba de nuevo.
print-not-ready = La impresora avisa un problema. La solicitud quedó guardada. Revísala y prueba de nuevo.
print-no-pdf = Esa cola de impresión no recibe PDF. No se perdió nada. Elige otra cola.
print-failed = No pudimos imprimir. La solicitud quedó guardada. Prueba de nuevo o anota el número.

photo-too-large = La imagen es demasiado grande. Toma la foto de nuevo con menos resolución.
photo-unknown-format = No conocemos este formato de imagen. Usa una foto JPEG o PNG.
photo-damaged = La imagen está dañada y no se puede abrir. Toma la foto de nuevo.
photo-no-code = No encontramos un código QR en la foto. Acércate, busca luz y deja el papel plano.
photo-other-code = El código QR de la foto no es de un comprobante. Fotografía el código del comprobante.
