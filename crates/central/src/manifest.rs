//! Making a stand's manifest from what is stored.

use std::sync::Arc;

use central_db::{Issue, IssueManifest, ManifestInputs};
use wire::manifest::{Manifest, Part, PartKind};
use wire::{Hash, OfficeId};

use crate::keys::Keys;

/// Signs manifests with the content key.
pub(crate) struct Issuer {
    pub(crate) office: OfficeId,
    pub(crate) keys: Arc<Keys>,
}

impl IssueManifest for Issuer {
    fn issue(&self, inputs: &ManifestInputs) -> Option<Issue> {
        let directory = inputs.directory.encode();
        let hash = Hash::of(&directory);
        let certificates = self.keys.list().encode();
        let certificates_hash = Hash::of(&certificates);
        let part = |kind, hash, content: &[u8]| {
            let len = u64::try_from(content.len()).unwrap_or(u64::MAX);
            Part { kind, hash, len }
        };
        let mut manifest = Manifest::new(self.office, inputs.device, inputs.next_number, inputs.now_unix_s);
        manifest.parts.push(part(PartKind::DIRECTORY, hash, &directory));
        manifest.parts.push(part(PartKind::CERTIFICATES, certificates_hash, &certificates));
        manifest.parts.extend(&inputs.published);
        manifest.watermarks.clone_from(&inputs.watermarks);
        manifest.revoked_unix_s = inputs.revoked_unix_s;
        let content = self.keys.content.verifying_key();
        let last = inputs.last.as_ref().and_then(|signed| Manifest::open(signed, &content).ok());
        if last.is_some_and(|last| last.same_content(&manifest)) {
            return None;
        }
        let signed = manifest.sign(&self.keys.content);
        Some(Issue {
            number: inputs.next_number,
            signed,
            parts: vec![(hash, directory), (certificates_hash, certificates)],
        })
    }
}
