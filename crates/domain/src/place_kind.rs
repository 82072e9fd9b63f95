//! What kind of place an outing stands at.
//!
//! The list is ours: no rule fixes one. It has what mobile offices of the State go to in their own announcements of
//! "Gobierno en Terreno" (squares, neighbours' seats, schools, health centres, municipal buildings, markets), and the
//! places of remote communities. It explains and decides nothing; what does not fit is `otro`.

use crate::words::words;

words! {
    /// A kind of place.
    PlaceKind {
        /// A square, a street or another open public space.
        Square = "plaza",
        /// The seat of neighbours or of another organisation of theirs.
        CommunitySeat = "sede_social",
        /// A school of any level.
        School = "establecimiento_educacional",
        /// A hospital, health centre or rural post.
        Health = "centro_de_salud",
        /// A building of the municipality.
        Municipal = "edificio_municipal",
        /// Another public building.
        Public = "edificio_publico",
        /// A market or fair.
        Market = "feria",
        /// A gymnasium or other sports ground.
        Sports = "recinto_deportivo",
        /// A fishing cove, pier or landing place.
        Landing = "caleta_o_muelle",
        /// A terminal or station.
        Station = "terminal",
        /// A home for old people or others who live together.
        Residence = "residencia",
        /// Somebody's home.
        Home = "domicilio",
        /// None of these.
        Other = "otro",
    }
}
