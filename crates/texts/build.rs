//! Lists the packs that are shipped: whatever `npm --prefix ui run packs` has left in `packs/`.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=packs");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("packs");
    let mut tags = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        tags.extend(name.to_str().and_then(|name| name.strip_suffix(".ftl")).map(str::to_owned));
    }
    tags.sort();
    let mut code = format!("static PACKS: [LanguagePack; {}] = [\n", tags.len());
    for tag in tags {
        let path = format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/packs/{tag}.ftl\")");
        writeln!(code, "    LanguagePack::new(\"{tag}\", include_str!({path})),")?;
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("packs.rs"), code)?;
    Ok(())
}
