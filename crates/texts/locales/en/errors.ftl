# One sentence group for each code of domain::ErrorCode: what happened, what stays safe, what to do.
# No message repeats what the person wrote: messages are logged and seen by others.

error-json-syntax = We couldn't read this line: it isn't a JSON object. The other lines were recorded. Correct it and send it again.
error-invalid-utf8 = We couldn't read this line: it isn't UTF-8. The other lines were recorded. Save it as UTF-8 and send it again.
error-line-too-long = This line is too long and wasn't recorded. The other lines were recorded. Shorten it and send it again.
error-wrong-type = This value is of the wrong type. Everything else that you wrote is still here. Write it as text, number or object, as the field asks.
error-unknown-field = We don't know this field. Everything else that you wrote is still here. Check its spelling or remove it.
error-duplicate-field = This field appears twice. Everything else that you wrote is still here. Leave only one.
error-missing = This is missing. Everything else that you wrote is still here. Fill it in to continue.
error-empty = This field is empty. Everything else that you wrote is still here. Write something to continue.
error-too-long = The text is too long: { $max } characters fit. Everything that you wrote is still here. Shorten it to continue.
error-control-character = There is an invisible character that we can't keep. Everything else that you wrote is still here. Delete it and write that part again.
error-line-break = This belongs on a single line. What you wrote is still here. Join the lines to continue.
error-unknown-kind = We don't know this kind of request. It can be a question, praise, an opinion, a petition, a complaint or a suggestion. Choose one to continue.
error-unknown-value = This field has no such option. Everything else that you wrote is still here. Choose one from the list.
error-invalid-uuid = The identifier isn't a UUID. Nothing was recorded with it. Correct it or remove it: the stand will make one.
error-unknown-comuna = We didn't find this comuna. Everything else that you wrote is still here. Choose it from the list by its name.
error-invalid-country = We didn't find this country. Everything else that you wrote is still here. Choose it from the list by its name.
error-invalid-language = We don't recognise this language. Everything else that you wrote is still here. Choose it from the list.
error-invalid-email = This e-mail address isn't written correctly. Everything else that you wrote is still here. Check that it has an at sign and a dot, like name@mail.cl.
error-invalid-phone = This telephone number isn't written correctly. Everything else that you wrote is still here. Write it in digits, like +56 9 1234 5678.
error-invalid-document = The number doesn't belong to this type of document. Everything else that you wrote is still here. Check the number or change the type.
error-rut-check-digit = The check digit doesn't fit this number. Everything else that you wrote is still here. Check the number and its last digit.
error-answer-way-missing = We need the details to answer you that way. Everything else that you wrote is still here. Add them or choose another way.
error-invalid-date = This date isn't written correctly. Everything else that you wrote is still here. Write it with day, month and a year of four digits.
error-impossible-date = This date doesn't exist in the calendar. Everything else that you wrote is still here. Check the day, the month and the time.
error-future-date = This date hasn't come yet. Everything else that you wrote is still here. Check the date, and the stand's clock too.
error-date-too-old = This date is too old. Everything else that you wrote is still here. Check the year.
error-invalid-folio = This request number isn't correct. Nothing has changed. Copy it again, letter by letter, from the receipt.
error-invalid-control-code = This control code isn't correct. Nothing has changed. Copy it again from the receipt: eight letters and numbers.
error-invalid-target = We didn't find the record that this refers to. Nothing has changed. Check the epoch and the sequence.
error-consent-needed = This answer is sensitive and needs your express consent. Everything else that you wrote is still here. Read the text, agree, or leave this answer out.
error-guardian-needed = At this age, this answer needs the consent of a parent or guardian. Everything else is still here. Ask for it, or leave this answer out.
error-contradicts = This does not fit with something else that you wrote. Everything is still here. Check both and keep the one that is right.
