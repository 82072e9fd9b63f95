//! What is published for all stands.

use std::sync::Arc;

use central_db::{Issue, IssueManifest, ManifestInputs, NewPublication, Publishing, Store};
use wire::Hash;
use wire::manifest::{Part, PartKind};
use wire::publication::{Compressed, Publication};

use crate::actors::{NOW, Stand};

const OTHER: PartKind = PartKind(900);

fn of(kind: PartKind, content: &str) -> NewPublication {
    NewPublication {
        kind,
        content: Hash::of(content.as_bytes()),
        compressed: Compressed::of(content.as_bytes()).unwrap(),
    }
}

/// Says what it was told is published.
struct Parts;

impl IssueManifest for Parts {
    fn issue(&self, inputs: &ManifestInputs) -> Option<Issue> {
        let signed = format!("{:?}", inputs.published).into_bytes();
        Some(Issue { number: inputs.next_number, signed, parts: Vec::new() })
    }
}

async fn in_force(store: &Arc<dyn Store>, stand: &Stand, now: u64) -> String {
    let issued = store.manifest(stand.device, None, Arc::new(Parts), now).await.unwrap();
    String::from_utf8(issued.signed).unwrap()
}

pub(crate) async fn each_kind_is_numbered_and_the_newest_is_in_force(store: Arc<dyn Store>) {
    let publish = |kind, content, now| {
        let store = Arc::clone(&store);
        async move {
            match store.publish(of(kind, content), now).await.unwrap() {
                Publishing::New(published) => published,
                other => panic!("{content}: {other:?}"),
            }
        }
    };
    let stand = Stand::enrolled(&*store, 1).await;
    assert_eq!(in_force(&store, &stand, NOW).await, "[]");
    let first = publish(PartKind::CATALOGUE, "one", NOW).await;
    let other = publish(OTHER, "one", NOW + 1).await;
    let second = publish(PartKind::CATALOGUE, "two", NOW + 2).await;
    assert_eq!((first.number, other.number, second.number), (1, 1, 2));
    assert_eq!(store.publications(PartKind::CATALOGUE).await.unwrap(), [second, first]);
    let parts: Vec<Part> = vec![second.part, other.part];
    assert_eq!(in_force(&store, &stand, NOW + 3).await, format!("{parts:?}"));
    let bytes = store.part(second.part.hash).await.unwrap().unwrap();
    assert_eq!((Hash::of(&bytes), bytes.len() as u64), (second.part.hash, second.part.len));
    let publication = Publication::read(&bytes).unwrap();
    assert_eq!((publication.number, publication.published_unix_s), (2, NOW + 2));
    assert_eq!(publication.content(3).unwrap(), b"two");
}

pub(crate) async fn nothing_comes_twice_or_back(store: Arc<dyn Store>) {
    let publish = |content| {
        let store = Arc::clone(&store);
        async move { store.publish(of(PartKind::CATALOGUE, content), NOW).await.unwrap() }
    };
    let Publishing::New(first) = publish("one").await else { panic!() };
    assert_eq!(publish("one").await, Publishing::Same(first));
    let Publishing::New(second) = publish("two").await else { panic!() };
    assert_eq!(publish("one").await, Publishing::Older(first));
    assert_eq!(publish("two").await, Publishing::Same(second));
    assert_eq!(store.publications(PartKind::CATALOGUE).await.unwrap(), [second, first]);
}

pub(crate) async fn the_same_at_many_places_at_once_is_published_once(store: Arc<dyn Store>) {
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { store.publish(of(PartKind::CATALOGUE, "one"), NOW).await.unwrap() })
        })
        .collect();
    let mut new = 0;
    for task in tasks {
        new += usize::from(matches!(task.await.unwrap(), Publishing::New(_)));
    }
    assert_eq!((new, store.publications(PartKind::CATALOGUE).await.unwrap().len()), (1, 1));
}
