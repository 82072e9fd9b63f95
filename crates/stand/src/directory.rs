//! Whom to refer to and where to go, from the catalogue that the last sync brought: bodies, offices with a door, and
//! where the institution is heard. Each with what its source says and how old that is.

use catalogue::{BroadcastKind, Pack};
use domain::Comuna;
use serde::Serialize;

use crate::catalogue::{HeldCatalogue, SourceView, source};
use crate::{Stand, StandError};

/// A body that people are referred to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReferralView {
    /// Its id in the pack.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is referred to it, as far as its source says.
    pub refers: String,
    /// A telephone number.
    pub phone: Option<String>,
    /// An address of the web.
    pub url: Option<String>,
    /// What all of this rests on.
    pub source: Option<SourceView>,
}

/// An office with a door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OfficeView {
    /// Its name.
    pub name: String,
    /// Its comuna.
    pub comuna: String,
    /// Its region.
    pub region: String,
    /// Street and number.
    pub address: String,
    /// A telephone number.
    pub phone: Option<String>,
    /// What all of this rests on.
    pub source: Option<SourceView>,
}

/// Where the institution is heard or read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BroadcastView {
    /// Its name.
    pub name: String,
    /// `bulletin`, `radio`, `television` or `online`.
    pub kind: &'static str,
    /// What it is.
    pub text: String,
    /// An address of the web.
    pub url: Option<String>,
    /// What all of this rests on.
    pub source: Option<SourceView>,
}

/// What sheets are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TopicView {
    /// Its id in the pack.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Topics, bodies, offices and broadcasts of a pack, in its order. All empty when the stand carries no catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Directory {
    /// What people ask about.
    pub topics: Vec<TopicView>,
    /// Whom to refer to.
    pub agencies: Vec<ReferralView>,
    /// Where to go.
    pub offices: Vec<OfficeView>,
    /// Where to hear more.
    pub broadcasts: Vec<BroadcastView>,
}

impl Stand {
    /// Whom to refer to and where to go.
    ///
    /// # Errors
    /// [`StandError::Catalogue`] when the catalogue can't be read by this program.
    pub fn catalogue_directory(&mut self) -> Result<Directory, StandError> {
        Ok(self.catalogue()?.map(|held| held.directory()).unwrap_or_default())
    }
}

impl HeldCatalogue {
    fn directory(&self) -> Directory {
        let pack = self.pack();
        let contents = pack.contents();
        let topics = contents
            .topics
            .iter()
            .map(|topic| TopicView { id: topic.id.clone(), name: topic.name.clone() })
            .collect();
        let agencies = contents.agencies.iter().map(|agency| ReferralView {
            id: agency.id.clone(),
            name: agency.name.clone(),
            refers: agency.refers.clone(),
            phone: agency.phone.clone(),
            url: agency.url.clone(),
            source: of(pack, &agency.source),
        });
        let offices = contents.offices.iter().map(|office| {
            let comuna = Comuna::by_code(&office.comuna);
            OfficeView {
                name: office.name.clone(),
                comuna: comuna.map(Comuna::name).unwrap_or_default().to_owned(),
                region: comuna.map(|comuna| comuna.region().name()).unwrap_or_default().to_owned(),
                address: office.address.clone(),
                phone: office.phone.clone(),
                source: of(pack, &office.source),
            }
        });
        let broadcasts = contents.broadcast.iter().map(|broadcast| BroadcastView {
            name: broadcast.name.clone(),
            kind: match broadcast.kind {
                BroadcastKind::Bulletin => "bulletin",
                BroadcastKind::Radio => "radio",
                BroadcastKind::Television => "television",
                BroadcastKind::Online => "online",
            },
            text: broadcast.text.clone(),
            url: broadcast.url.clone(),
            source: of(pack, &broadcast.source),
        });
        Directory {
            topics,
            agencies: agencies.collect(),
            offices: offices.collect(),
            broadcasts: broadcasts.collect(),
        }
    }
}

fn of(pack: &Pack, id: &str) -> Option<SourceView> {
    pack.source(id).map(source)
}
