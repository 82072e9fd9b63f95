//! The public pages over the network, in every state, and what they must never do.

use central::pages::PAGE_BYTES_MAX;
use central::serve::{Limits, Rate};

use crate::http::{Response, get, get_with, post_form};
use crate::office::{NOW, PHONE_LINE, Running};
use crate::stand::{Filed, NAMED, Stand, due, recorded};

/// What every page must be.
fn sound(page: &Response) {
    let text = page.text();
    assert!(page.bytes < 14_000, "{} bytes with headers", page.bytes);
    assert!(page.body.len() <= PAGE_BYTES_MAX, "{} bytes", page.body.len());
    for never in ["<script", "javascript:", " src=", "http://", "https://", "style=\"", "onload"] {
        assert!(!text.contains(never), "{never}");
    }
    assert!(!page.headers.contains_key("set-cookie"));
    assert!(page.headers["content-security-policy"].starts_with("default-src 'none'; style-src 'sha256-"));
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
    assert_eq!(page.headers["cache-control"], "no-store");
    assert_eq!(text.matches("<h1>").count(), 1);
    assert_eq!(text.matches("<main").count(), 1);
    assert!(!text.contains("public-"), "a sentence is missing");
    for personal in ["Ñan", "Quilodrán", "44.444", "5555", "nanco", "barcaza", "Tortel"] {
        assert!(!text.contains(personal), "{personal}");
    }
}

async fn page(office: &Running, path: &str) -> Response {
    let page = get(office.address, path).await;
    sound(&page);
    page
}

/// What a person reads on it, tags apart.
fn read(page: &Response) -> String {
    let text = page.text();
    // The number's groups are one word that may be broken between them.
    let body = text[text.find("<main").unwrap()..].replace("</span><wbr><span>", "");
    let mut out = String::new();
    let mut inside = false;
    for character in body.chars() {
        match character {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            other if !inside => out.push(other),
            _ => {}
        }
    }
    out.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shows(page: &Response, wanted: &[&str]) {
    let read = read(page);
    for wanted in wanted {
        assert!(read.contains(wanted), "{wanted:?} is missing in: {read}");
    }
}

async fn one_filed(office: &Running, json: &str) -> (Stand, Filed) {
    let mut stand = Stand::enrol(office, 1).await;
    let filed = stand.file(json, due());
    (stand, filed)
}

#[tokio::test(flavor = "multi_thread")]
async fn true_before_and_after_the_sync() {
    let office = Running::start().await;
    let (mut stand, filed) = one_filed(&office, NAMED).await;
    let path = format!("/R/{}", filed.receipt);
    let folio = filed.folio.to_string();
    let before = page(&office, &path).await;
    shows(
        &before,
        &[
            "Comprobante auténtico",
            "Tu reclamo aún no llega a la oficina",
            &folio,
            "21/11/2026, 10:32 horas Hora de Santiago.",
        ],
    );
    stand.sync_accepted().await;
    shows(&page(&office, &path).await, &["aún no llega"]);
    office.open().await;
    let after = page(&office, &path).await;
    shows(
        &after,
        &[
            "Tu reclamo llegó a la oficina",
            &folio,
            "21/11/2026, 10:32 horas",
            "a más tardar el 04/12/2026, por teléfono",
            PHONE_LINE,
        ],
    );
    let lower = page(&office, &format!("/r/{}", filed.receipt.to_lowercase())).await;
    assert_eq!(read(&lower), read(&after));

    let guess = domain::WithdrawalDraft { folio: Some(folio.clone()), ..Default::default() };
    stand.record(&wire::body::Body::Withdrawal(recorded(guess.clone())));
    stand.sync_accepted().await;
    office.open().await;
    shows(&page(&office, &path).await, &["Tu reclamo llegó a la oficina", &folio]);
    let code = Some(filed.claim.control_code().to_string());
    let withdrawal = domain::WithdrawalDraft { control_code: code, ..guess };
    stand.record(&wire::body::Body::Withdrawal(recorded(withdrawal)));
    stand.sync_accepted().await;
    office.open().await;
    shows(&page(&office, &path).await, &["Retiraste tu reclamo", &folio]);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_shows_that_it_is_genuine_and_asks_for_the_code() {
    let office = Running::start().await;
    let (stand, filed) = one_filed(&office, NAMED).await;
    stand.sync_accepted().await;
    office.open().await;
    let copy = page(&office, &format!("/R/{}", filed.copy)).await;
    shows(&copy, &["Esta copia es auténtica", &filed.folio.to_string(), "Código de control"]);
    assert!(!read(&copy).contains("04/12/2026"), "no state without the claim key");
    assert!(copy.text().contains(&format!("value=\"{}\"", filed.folio)));
    let code = filed.claim.control_code().to_string();
    for (folio, code) in [
        (filed.folio.to_string(), code.clone()),
        (filed.folio.to_string().to_lowercase().replace('-', " "), code.to_lowercase()),
    ] {
        let opened = post_form(office.address, "/estado", &[("folio", &folio), ("codigo", &code)]).await;
        sound(&opened);
        shows(&opened, &["Tu reclamo llegó a la oficina", "04/12/2026"]);
    }
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_verdict_has_its_page() {
    let office = Running::start().await;
    let (mut stand, filed) = one_filed(&office, NAMED).await;
    // One symbol of the signature, copied wrongly.
    let at = filed.receipt.len() - 40;
    let wrong = if filed.receipt[at..].starts_with('A') { "B" } else { "A" };
    let altered = format!("{}{wrong}{}", &filed.receipt[..at], &filed.receipt[at + 1..]);
    let other = Stand { key: crate::stand::key(99), ..stand.clone() }.file(NAMED, None).receipt;
    for (code, wanted) in [
        (altered.as_str(), "Este comprobante no es auténtico"),
        (&other, "No conocemos el equipo que emitió este comprobante"),
        (&filed.receipt[..60], "No pudimos leer este comprobante"),
        ("hola", "No pudimos leer este comprobante"),
        ("%F0%9F%98%80", "No pudimos leer este comprobante"),
    ] {
        let shown = page(&office, &format!("/R/{code}")).await;
        assert_eq!(shown.status, 404, "{code}");
        shows(&shown, &[wanted]);
    }
    let device = stand.enrolment.device.device;
    office.store.revoke(device, "perdido".into(), NOW + 86_400).await.unwrap();
    let revoked = page(&office, &format!("/R/{}", filed.receipt)).await;
    shows(
        &revoked,
        &["aún no llega", "El 22/11/2026 la oficina dio de baja el equipo que lo emitió.", "sigue valiendo"],
    );
    let again = stand.file(NAMED, None);
    stand.sync().await;
    office.open().await;
    shows(&page(&office, &format!("/R/{}", again.receipt)).await, &["llegó a la oficina", "dio de baja"]);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_says_genuine_and_nothing_else() {
    let office = Running::start().await;
    let (stand, filed) = one_filed(&office, NAMED).await;
    stand.sync_accepted().await;
    office.open().await;
    shows(&page(&office, "/verificar").await, &["¿Es auténtico este comprobante?"]);
    let address = wire::receipt::address("oirs.example.cl", &filed.receipt).unwrap();
    let broken_up = address.replace("/R/", "/R/\n ");
    for (pasted, wanted) in [
        (address.as_str(), "Este comprobante es auténtico"),
        (&broken_up, "Este comprobante es auténtico"),
        (&filed.copy, "Este comprobante es auténtico"),
        ("algo", "No pudimos leer este comprobante"),
        ("  ", "Pega la dirección o el código"),
    ] {
        let checked = post_form(office.address, "/verificar", &[("codigo", pasted)]).await;
        sound(&checked);
        shows(&checked, &[wanted]);
        assert!(!read(&checked).contains("04/12/2026"), "{pasted}");
        assert!(!checked.text().contains(&filed.receipt), "the claim key is not shown again");
    }
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_to_enumerate() {
    let office = Running::start().await;
    let (mut stand, filed) = one_filed(&office, NAMED).await;
    stand.sync_accepted().await;
    office.open().await;
    let waiting = stand.file(NAMED, due());
    let code = filed.claim.control_code().to_string();
    let unknown = domain::Folio::from_number(filed.folio.number() ^ 1).unwrap();
    let ask = async |folio: domain::Folio, code: &str| {
        let answer =
            post_form(office.address, "/estado", &[("folio", &folio.to_string()), ("codigo", code)]).await;
        sound(&answer);
        (
            answer.status,
            read(&answer).replace(&folio.to_string(), "FOLIO"),
            answer.text().replace(&folio.to_string(), "FOLIO"),
        )
    };
    let wrong_code = ask(filed.folio, "0000-0000").await;
    assert_eq!(wrong_code.0, 422);
    assert!(wrong_code.1.contains("No encontramos una solicitud con ese número y ese código"));
    assert_eq!(ask(unknown, "0000-0000").await, wrong_code, "an unknown number");
    assert_eq!(ask(unknown, &code).await, wrong_code, "another's code");
    let its_code = waiting.claim.control_code().to_string();
    assert_eq!(ask(waiting.folio, &its_code).await, wrong_code, "one that has not arrived");
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_wrong_is_said_beside_its_field() {
    let office = Running::start().await;
    for (folio, code, wanted) in [
        ("", "", vec!["Escribe el número de tu comprobante.", "Escribe el código de control"]),
        ("T7K-4QX9-2MC", "4F7K-92TQ", vec!["Este número tiene un error."]),
        ("T7K-4QX9-2MB", "4F7K-92T", vec!["Este código tiene un error."]),
        ("<b>", "\"'><script>", vec!["Este número tiene un error.", "Este código tiene un error."]),
    ] {
        let answer = post_form(office.address, "/estado", &[("folio", folio), ("codigo", code)]).await;
        sound(&answer);
        assert_eq!(answer.status, 422);
        shows(&answer, &wanted);
        assert!(answer.text().contains("<title>Error: "));
        assert!(answer.text().contains("aria-invalid=\"true\""));
    }
    let elsewhere = get(office.address, "/estado").await;
    assert_eq!((elsewhere.status, elsewhere.headers["location"].as_str()), (303, "/"));
    shows(&page(&office, "/administracion").await, &["Esta página no existe"]);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_are_limited_below_at_and_above() {
    let limits = Limits {
        guesses_per_address: Rate { burst: 3, per_minute: 6 },
        receipts_per_address: Rate { burst: 2, per_minute: 6 },
        ..Limits::default()
    };
    let office = Running::start_with(limits).await;
    let ask = async || {
        post_form(office.address, "/estado", &[("folio", "T7K-4QX9-2MB"), ("codigo", "4F7K-92TQ")]).await
    };
    for below in 0..3 {
        assert_eq!(ask().await.status, 422, "{below}");
    }
    let above = ask().await;
    sound(&above);
    assert_eq!((above.status, above.headers["retry-after"].as_str()), (429, "10"));
    shows(&above, &["Hay muchas consultas en este momento"]);
    // What is wrong in itself is no guess, and looking at a receipt is another matter.
    assert_eq!(post_form(office.address, "/estado", &[("folio", "x"), ("codigo", "y")]).await.status, 422);
    assert_eq!(get(office.address, "/R/hola").await.status, 404);
    assert_eq!(get(office.address, "/R/hola").await.status, 404);
    assert_eq!(get(office.address, "/R/hola").await.status, 429);
    office.set_now(NOW + 10);
    assert_eq!(ask().await.status, 422);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_reader_s_language() {
    let office = Running::start().await;
    let (stand, filed) = one_filed(&office, NAMED).await;
    stand.sync_accepted().await;
    office.open().await;
    let path = format!("/R/{}", filed.receipt);
    let english = get_with(office.address, &path, "accept-language: en-GB,en;q=0.8\r\n").await;
    sound(&english);
    shows(&english, &["Your complaint has reached the office", "by 4 December 2026 at the latest"]);
    assert!(english.text().contains("<html lang=\"en\">"));
    assert_eq!(read(&page(&office, &format!("{path}?lang=en")).await), read(&english));
    let back = get_with(office.address, &format!("{path}?lang=es"), "accept-language: en\r\n").await;
    shows(&back, &["Tu reclamo llegó"]);
    assert!(back.text().contains(&format!("href=\"{path}?lang=en\"")));
    office.stop().await;
}
