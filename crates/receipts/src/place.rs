//! A place in words: the locality, the comuna unless it bears the same name, and the region with its article.

use texts::{CitizenLanguage, text};

use crate::model::Place;

/// The locality and comuna, and the region, as two lines.
pub(crate) fn lines(place: &Place, language: CitizenLanguage) -> (String, String) {
    let comuna = place.comuna.name();
    let locality = place.locality.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let nearer = match locality {
        Some(locality) if locality.to_lowercase() != comuna.to_lowercase() => {
            text(language, "receipt-locality", &[("locality", locality.into()), ("comuna", comuna.into())])
        }
        _ => comuna.to_owned(),
    };
    let joined = joined(place.comuna.region().name());
    (nearer, text(language, "receipt-region", &[("joined", joined.into())]))
}

/// What follows the word `Región`. Three names take the article, and the capital's is an adjective.
fn joined(region: &str) -> String {
    if region.starts_with("Metropolitana") {
        region.to_owned()
    } else if ["Biobío", "Libertador", "Maule"].iter().any(|name| region.starts_with(name)) {
        format!("del {region}")
    } else {
        format!("de {region}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Comuna;
    use texts::Language;

    #[test]
    fn a_place_reads_as_people_say_it() {
        let check = |code: &str, locality: Option<&str>, nearer: &str, region: &str| {
            let place =
                Place { locality: locality.map(str::to_owned), comuna: Comuna::by_code(code).unwrap() };
            assert_eq!(lines(&place, Language::Spanish.into()), (nearer.to_owned(), region.to_owned()));
        };
        check(
            "11303",
            Some("Caleta Tortel"),
            "Caleta Tortel, comuna de Tortel",
            "Región de Aysén del General Carlos Ibáñez del Campo",
        );
        check("11303", Some(" tortel "), "Tortel", "Región de Aysén del General Carlos Ibáñez del Campo");
        check("06101", Some(" "), "Rancagua", "Región del Libertador General Bernardo O'Higgins");
        check("13101", None, "Santiago", "Región Metropolitana de Santiago");
        check("08101", None, "Concepción", "Región del Biobío");
        check("07101", None, "Talca", "Región del Maule");
        check("09101", None, "Temuco", "Región de La Araucanía");
    }
}
