//! The content key's part in a manifest.

use std::collections::BTreeMap;

use central_db::{Issue, IssueManifest, ManifestInputs};
use ed25519_dalek::SigningKey;
use wire::manifest::{Manifest, Part, PartKind};
use wire::{DeviceId, Epoch, Hash, OfficeId};

pub(super) struct Issuer {
    pub(super) office: OfficeId,
    pub(super) content: SigningKey,
    pub(super) safe: BTreeMap<(DeviceId, Epoch), (u64, Hash)>,
    /// How many entries too few the watermarks say: broken on purpose.
    pub(super) short_by: u64,
}

impl IssueManifest for Issuer {
    fn issue(&self, inputs: &ManifestInputs) -> Option<Issue> {
        let mut manifest = Manifest::new(self.office, inputs.device, inputs.next_number, inputs.now_unix_s);
        manifest.revoked_unix_s = inputs.revoked_unix_s;
        manifest.watermarks.clone_from(&inputs.watermarks);
        for mark in &mut manifest.watermarks {
            mark.stored = mark.stored.saturating_sub(self.short_by);
            if let Some((count, head)) = self.safe.get(&(inputs.device, mark.epoch))
                && *count <= mark.stored
            {
                (mark.safe, mark.safe_head) = (*count, *head);
            }
        }
        let directory = inputs.directory.encode();
        let part = Part {
            kind: PartKind::DIRECTORY,
            hash: Hash::of(&directory),
            len: u64::try_from(directory.len()).unwrap_or(u64::MAX),
        };
        manifest.parts.push(part);
        let last = inputs.last.as_deref();
        let last = last.and_then(|bytes| Manifest::open(bytes, &self.content.verifying_key()).ok());
        if last.is_some_and(|last| last.same_content(&manifest)) {
            return None;
        }
        Some(Issue {
            number: inputs.next_number,
            signed: manifest.sign(&self.content),
            parts: vec![(part.hash, directory)],
        })
    }
}
