# The printer and the photograph of a receipt: what went wrong and what to do.

# What is not lost when a paper did not come out: in the place of $kept below.
print-kept-request = La solicitud quedó guardada.
print-kept-act = El acta quedó guardada.
print-kept-sheet = La ficha sigue en el equipo.
print-kept-nothing = No se perdió nada.

print-absent = No encontramos la impresora. { $kept } Revisa que esté encendida y conectada.
print-refused = La impresora no aceptó el trabajo. { $kept } Revisa su dirección y que nadie más la use.
print-timeout = La impresora no respondió a tiempo. { $kept } Revisa el papel y la tapa, y prueba de nuevo.
print-partial = La impresora se detuvo a la mitad. { $kept } Retira ese papel y prueba de nuevo.
print-out-of-paper = La impresora no tiene papel. { $kept } Pon papel y prueba de nuevo.
print-cover-open = La tapa de la impresora está abierta. { $kept } Ciérrala y prueba de nuevo.
print-not-ready = La impresora avisa un problema. { $kept } Revísala y prueba de nuevo.
print-no-pdf = Esa cola de impresión no recibe PDF. { $kept } Elige otra cola.
print-failed = No pudimos imprimir. { $kept } Prueba de nuevo.

photo-too-large = La imagen es demasiado grande. Toma la foto de nuevo con menos resolución.
photo-unknown-format = No conocemos este formato de imagen. Usa una foto JPEG o PNG.
photo-damaged = La imagen está dañada y no se puede abrir. Toma la foto de nuevo.
photo-no-code = No encontramos un código QR en la foto. Acércate, busca luz y deja el papel plano.
photo-other-code = El código QR de la foto no es de un comprobante. Fotografía el código del comprobante.
