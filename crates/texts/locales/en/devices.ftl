# The printer and the photograph of a receipt: what went wrong and what to do.

# What is not lost when a paper did not come out: in the place of $kept below.
print-kept-request = The request is saved.
print-kept-act = The act is saved.
print-kept-sheet = The sheet is still on this computer.
print-kept-nothing = Nothing was lost.

print-absent = We didn't find the printer. { $kept } Check that it is switched on and connected.
print-refused = The printer didn't accept the job. { $kept } Check its address, and that nobody else uses it.
print-timeout = The printer didn't answer in time. { $kept } Check the paper and the cover, and try again.
print-partial = The printer stopped half way. { $kept } Take that paper out and try again.
print-out-of-paper = The printer has no paper. { $kept } Put paper in and try again.
print-cover-open = The printer's cover is open. { $kept } Close it and try again.
print-not-ready = The printer reports a problem. { $kept } Look at it and try again.
print-no-pdf = That print queue takes no PDF. { $kept } Choose another queue.
print-failed = We couldn't print. { $kept } Try again.

photo-too-large = The picture is too large. Take the photograph again with a lower resolution.
photo-unknown-format = We don't know this format of picture. Use a JPEG or PNG photograph.
photo-damaged = The picture is damaged and can't be opened. Take the photograph again.
photo-no-code = We found no QR code in the photograph. Come closer, find light and lay the paper flat.
photo-other-code = The QR code in the photograph isn't a receipt's. Photograph the receipt's code.
