//! The winter solstice in Chilean time: Ley 21.357 puts a holiday on its day, and no table of the State exists.
//!
//! J. Meeus, *Astronomical Algorithms*, chapter 27: a polynomial for the mean solstice and 24 periodic terms,
//! good to about a minute in these years. Enough, since from 2024 to 2100 none comes nearer to Chilean
//! midnight than nine minutes (2079). The day in UTC would be wrong: in 2025 and 2029 it is the day after.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::America::Santiago;

use crate::limits::{YEAR_MAX, YEAR_MIN};

/// Julian day of 1 January 1970, 0 h.
const UNIX_EPOCH_JD: f64 = 2_440_587.5;
/// Terrestrial time less UTC. It drifts by a minute or two until 2100, which no year's date depends on.
const TT_LESS_UTC_S: f64 = 69.184;
const DAY_S: f64 = 86_400.0;

/// Meeus, table 27.C: amplitude (10⁻⁵ days), phase (degrees), speed (degrees a century).
const TERMS: [(f64, f64, f64); 24] = [
    (485.0, 324.96, 1934.136),
    (203.0, 337.23, 32_964.467),
    (199.0, 342.08, 20.186),
    (182.0, 27.85, 445_267.112),
    (156.0, 73.14, 45_036.886),
    (136.0, 171.52, 22_518.443),
    (77.0, 222.54, 65_928.934),
    (74.0, 296.72, 3034.906),
    (70.0, 243.58, 9037.513),
    (58.0, 119.81, 33_718.147),
    (52.0, 297.17, 150.678),
    (50.0, 21.02, 2281.226),
    (45.0, 247.54, 29_929.562),
    (44.0, 325.15, 31_555.956),
    (29.0, 60.93, 4443.417),
    (18.0, 155.12, 67_555.328),
    (17.0, 288.79, 4562.452),
    (16.0, 198.04, 62_894.029),
    (14.0, 199.76, 31_436.921),
    (12.0, 95.39, 14_577.848),
    (12.0, 287.11, 31_931.756),
    (12.0, 320.81, 34_777.259),
    (9.0, 227.73, 1222.114),
    (8.0, 15.45, 16_859.074),
];

/// The instant of the June solstice of a year.
fn june_solstice(year: i32) -> DateTime<Utc> {
    let millennia = (f64::from(year) - 2000.0) / 1000.0;
    // Table 27.B, June, as nested products.
    let mean = 2_451_716.567_67
        + millennia
            * (365_241.626_03 + millennia * (0.003_25 + millennia * (0.008_88 - millennia * 0.000_30)));
    let centuries = (mean - 2_451_545.0) / 36_525.0;
    let anomaly = (35_999.373 * centuries - 2.47).to_radians();
    let speed = 1.0 + 0.0334 * anomaly.cos() + 0.0007 * (2.0 * anomaly).cos();
    let periodic: f64 =
        TERMS.iter().map(|(size, phase, rate)| size * (phase + rate * centuries).to_radians().cos()).sum();
    let julian_day = mean + 0.000_01 * periodic / speed;
    let unix_s = (julian_day - UNIX_EPOCH_JD) * DAY_S - TT_LESS_UTC_S;
    // A few thousand million seconds at most: no bits are lost that mean anything.
    #[allow(clippy::cast_possible_truncation)]
    let whole_s = unix_s.round() as i64;
    DateTime::UNIX_EPOCH + TimeDelta::seconds(whole_s)
}

/// Computed once: every day of every deadline asks for its year's.
static DATES: LazyLock<BTreeMap<i32, NaiveDate>> =
    LazyLock::new(|| (YEAR_MIN..=YEAR_MAX).map(|year| (year, date_of(year))).collect());

/// Its date by the clocks of continental Chile.
pub(super) fn winter_solstice_date(year: i32) -> NaiveDate {
    DATES.get(&year).copied().unwrap_or_else(|| date_of(year))
}

fn date_of(year: i32) -> NaiveDate {
    june_solstice(year).with_timezone(&Santiago).date_naive()
}

#[cfg(test)]
mod tests {
    use chrono::Timelike;

    use super::*;

    const VECTORS: &str = include_str!("../../tests/data/solstice.csv");

    #[test]
    fn agrees_with_astropy_for_every_year() {
        let mut years = 0;
        for line in VECTORS.lines().skip(1) {
            let mut cells = line.split(',');
            let year: i32 = cells.next().unwrap().parse().unwrap();
            let instant: DateTime<Utc> = cells.next().unwrap().parse().unwrap();
            let date: NaiveDate = cells.next().unwrap().parse().unwrap();
            let apart = june_solstice(year).signed_duration_since(instant);
            assert!(apart.abs() < TimeDelta::seconds(90), "{year}: {apart} apart");
            assert_eq!(winter_solstice_date(year), date, "{year}");
            years += 1;
        }
        assert_eq!(years, 77);
    }

    #[test]
    fn no_year_depends_on_the_minutes_that_nobody_can_foresee() {
        for year in 2024..=2100 {
            let local = june_solstice(year).with_timezone(&Santiago);
            let since_midnight = local.num_seconds_from_midnight();
            assert!((300..86_100).contains(&since_midnight), "{year}: {local}");
        }
    }
}
