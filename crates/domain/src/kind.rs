//! The six kinds of request of a citizen office, exactly as the service's own page names them
//! (`ChileAtiende`, ficha 113810): no seventh is invented, and a request for access to information
//! (Ley 20.285) is another track, not a kind.

use crate::words::words;

words! {
    /// What somebody files.
    Kind {
        /// A question.
        Consulta = "consulta",
        /// Praise.
        Felicitacion = "felicitacion",
        /// An opinion.
        Opinion = "opinion",
        /// A petition: something is asked of the authority.
        Peticion = "peticion",
        /// A complaint.
        Reclamo = "reclamo",
        /// A suggestion.
        Sugerencia = "sugerencia",
    }
}
