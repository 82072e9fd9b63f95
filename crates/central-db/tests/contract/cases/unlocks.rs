//! Letting somebody in by telephone.

use std::sync::Arc;

use central_db::{Store, UnlockGiven, Unlocking};
use wire::DeviceId;

use crate::actors::{NOW, Stand, UNLOCK_KEY};

fn given(device: DeviceId, person: &str, at_s: u64) -> UnlockGiven {
    let (person, challenge) = (person.to_owned(), "04HM-ASWY".to_owned());
    UnlockGiven { device, person, challenge, given_unix_s: NOW + at_s }
}

pub(crate) async fn an_unlocking_is_written_down_once_and_never_for_a_revoked_stand(store: Arc<dyn Store>) {
    let stand = Stand::enrolled(&*store, 1).await;
    let key = Unlocking::Key(UNLOCK_KEY);
    for at_s in [1, 2] {
        assert_eq!(store.give_unlock(given(stand.device, "J-1", at_s)).await.unwrap(), key);
    }
    assert_eq!(store.give_unlock(given(stand.device, "J-2", 3)).await.unwrap(), key);
    let nobody = given(DeviceId([0xee; 16]), "J-1", 4);
    assert_eq!(store.give_unlock(nobody).await.unwrap(), Unlocking::NeverEnrolled);
    store.revoke(stand.device, String::new(), NOW + 5).await.unwrap();
    assert_eq!(store.give_unlock(given(stand.device, "J-1", 6)).await.unwrap(), Unlocking::Revoked);
    let log = [given(stand.device, "J-2", 3), given(stand.device, "J-1", 1)];
    assert_eq!(store.unlocks().await.unwrap(), log);
}
