//! Writes the JSON Schemas that ship with the program: `cargo run --example schema`.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("trial.schema.json"), prepost::plan::json_schema())?;
    std::fs::write(folder.join("results.schema.json"), prepost::results::json_schema())
}
