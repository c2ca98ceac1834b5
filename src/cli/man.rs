//! `prepost man`.

use std::path::Path;

use anyhow::Context;

use super::Failure;
use super::terminal::Terminal;

pub fn run(out: Option<&Path>, terminal: &Terminal) -> Result<(), Failure> {
    let Some(folder) = out else {
        let mut page = Vec::new();
        clap_mangen::Man::new(super::command()).render(&mut page)?;
        return terminal.result(&String::from_utf8_lossy(&page));
    };
    std::fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    clap_mangen::generate_to(super::command(), folder).with_context(|| format!("writing man pages into {}", folder.display()))?;
    terminal.info(&format!("written to {}", folder.display()));
    Ok(())
}
