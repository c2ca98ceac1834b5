//! The output folder: complete or absent.
//!
//! Everything is written into a temporary sibling, flushed to disk, and then takes the name in one step. A run that
//! dies at any moment leaves the earlier folder whole; what it left beside is mended by the next run.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::{Failure, interrupt};
use crate::results::SCHEMA_VERSION;

/// Which command wrote a folder, by the file that it alone leaves there: one never replaces what the other wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Analyze,
    Ingest,
}

impl Mark {
    pub fn file(self) -> &'static str {
        match self {
            Mark::Analyze => "results.json",
            Mark::Ingest => "ingest.json",
        }
    }

    fn command(self) -> &'static str {
        match self {
            Mark::Analyze => "analyze",
            Mark::Ingest => "ingest",
        }
    }
}

/// A folder being written beside its final place.
pub struct Staging {
    staging: PathBuf,
    target: PathBuf,
    committed: bool,
}

impl Staging {
    /// Opens a staging folder for `target`, after making sure that `target` may be replaced.
    pub fn open(target: &Path, mark: Mark, force: bool, inputs: &[PathBuf]) -> Result<Self, Failure> {
        let target = absolute(target)?;
        let parent = target.parent().context("the output folder needs a name").map_err(Failure::from)?.to_owned();
        fs::create_dir_all(&parent).with_context(|| format!("creating {}", parent.display()))?;
        mend(&target)?;
        may_replace(&target, mark, force, inputs)?;
        let staging = sibling(&target, &format!("staging-{}", std::process::id()));
        interrupt::remove_on_interrupt(&staging);
        fs::create_dir(&staging).with_context(|| format!("creating {}", staging.display()))?;
        Ok(Self { staging, target, committed: false })
    }

    /// Writes one file, `name` relative to the folder, and flushes it to disk.
    pub fn write(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        self.write_with(name, |file| Ok(file.write_all(bytes)?))
    }

    /// Writes one file through a buffered writer.
    pub fn write_with(&self, name: &str, fill: impl FnOnce(&mut std::io::BufWriter<File>) -> anyhow::Result<()>) -> anyhow::Result<()> {
        let path = self.staging.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        }
        let file = File::create_new(&path).with_context(|| format!("creating {name}"))?;
        let mut writer = std::io::BufWriter::with_capacity(1 << 16, file);
        fill(&mut writer).with_context(|| format!("writing {name}"))?;
        let file = writer.into_inner().map_err(|error| anyhow::anyhow!("writing {name}: {error}"))?;
        file.sync_data().with_context(|| format!("writing {name}"))
    }

    /// Gives the folder its name; the earlier one, if any, goes.
    pub fn commit(mut self) -> anyhow::Result<()> {
        sync_folder(&self.staging)?;
        if self.target.symlink_metadata().is_ok() {
            exchange(&self.staging, &self.target)?;
            // What is at the staging path now is the earlier output.
            fs::remove_dir_all(&self.staging).with_context(|| format!("removing the earlier output at {}", self.staging.display()))?;
        } else {
            fs::rename(&self.staging, &self.target).with_context(|| format!("naming {}", self.target.display()))?;
        }
        self.committed = true;
        interrupt::keep(&self.staging);
        if let Some(parent) = self.target.parent() {
            sync_folder(parent)?;
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.committed {
            let _ = fs::remove_dir_all(&self.staging);
            interrupt::keep(&self.staging);
        }
    }
}

/// Whether `target` is absent, empty, ours, or may be replaced by force.
fn may_replace(target: &Path, mark: Mark, force: bool, inputs: &[PathBuf]) -> Result<(), Failure> {
    let Ok(metadata) = target.symlink_metadata() else {
        return Ok(());
    };
    let shown = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if !metadata.is_dir() {
        let found = if metadata.is_symlink() { "a symbolic link" } else { "a file" };
        return Err(Failure::usage(
            format!("output folder {shown}: expected a folder or nothing, got {found}"),
            "choose another folder with --out DIR",
        ));
    }
    let holds = |path: &Path| absolute(path).ok().is_some_and(|path| path.starts_with(target));
    let working = std::env::current_dir().context("finding the working folder").map_err(Failure::from)?;
    if holds(&working) || inputs.iter().any(|input| holds(input)) {
        return Err(Failure::usage(
            format!("output folder {shown}: it holds the input or the working folder, and would be replaced"),
            "choose a folder of its own with --out DIR",
        ));
    }
    let is_empty = fs::read_dir(target).with_context(|| format!("reading {shown}"))?.next().is_none();
    if is_empty || force || is_ours(target, mark) {
        return Ok(());
    }
    Err(Failure::usage(
        format!("output folder {shown}: expected a folder that prepost {} wrote, got one without its {}", mark.command(), mark.file()),
        "choose another folder with --out DIR, or replace this one with --force",
    ))
}

/// A folder is ours if it holds the mark of the same command, with a `schema_version` we know.
fn is_ours(folder: &Path, mark: Mark) -> bool {
    #[derive(serde::Deserialize)]
    struct Head {
        schema_version: u32,
    }
    let Ok(file) = File::open(folder.join(mark.file())) else {
        return false;
    };
    serde_json::from_reader::<_, Head>(std::io::BufReader::new(file)).is_ok_and(|head| head.schema_version <= SCHEMA_VERSION)
}

/// Puts right what a killed run left: its staging folder, or an earlier output that had not got its name back.
fn mend(target: &Path) -> Result<(), Failure> {
    let earlier = sibling(target, "earlier");
    if earlier.is_dir() {
        if target.symlink_metadata().is_err() {
            fs::rename(&earlier, target).with_context(|| format!("restoring {}", target.display()))?;
        } else {
            fs::remove_dir_all(&earlier).with_context(|| format!("removing {}", earlier.display()))?;
        }
    }
    let (Some(parent), Some(prefix)) = (target.parent(), sibling(target, "staging-").file_name().map(|n| n.to_string_lossy().into_owned()))
    else {
        return Ok(());
    };
    for entry in fs::read_dir(parent).with_context(|| format!("reading {}", parent.display()))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let abandoned = name.strip_prefix(&prefix).and_then(|pid| pid.parse().ok()).is_some_and(|pid| !is_running(pid));
        if abandoned {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    Ok(())
}

#[cfg(unix)]
fn is_running(pid: i32) -> bool {
    let Some(pid) = rustix::process::Pid::from_raw(pid) else {
        return false;
    };
    rustix::process::test_kill_process(pid) != Err(rustix::io::Errno::SRCH)
}

#[cfg(not(unix))]
fn is_running(_pid: i32) -> bool {
    true
}

/// Exchanges two folders: in one step where the system can, else by two renames that [`mend`] can undo.
fn exchange(staging: &Path, target: &Path) -> anyhow::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, staging, CWD, target, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let earlier = sibling(target, "earlier");
    fs::rename(target, &earlier).with_context(|| format!("moving the earlier output to {}", earlier.display()))?;
    fs::rename(staging, target).with_context(|| format!("naming {}", target.display()))?;
    fs::rename(&earlier, staging).with_context(|| format!("moving the earlier output from {}", earlier.display()))
}

/// `.NAME.prepost-SUFFIX` beside the target.
fn sibling(target: &Path, suffix: &str) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.prepost-{suffix}"))
}

/// Absolute without following the last link, `..` resolved through the parent.
fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    let path = std::path::absolute(path).with_context(|| format!("finding {}", path.display()))?;
    let clean: PathBuf = path.components().collect();
    match (clean.parent().and_then(|parent| parent.canonicalize().ok()), clean.file_name()) {
        (Some(parent), Some(name)) => Ok(parent.join(name)),
        _ => Ok(clean.canonicalize().unwrap_or(clean)),
    }
}

/// Makes the names in a folder durable; not every system lets one open a folder, and that costs no data.
fn sync_folder(folder: &Path) -> anyhow::Result<()> {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Makes sure of a folder for [`replace_file`]. A symbolic link is not followed.
pub fn make_sure_of(folder: &Path) -> anyhow::Result<()> {
    // With a separator at its end the name of a link means what it leads to.
    let clean: PathBuf = folder.components().collect();
    if clean.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
        anyhow::bail!("{}: expected a folder or nothing, got a symbolic link", folder.display());
    }
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))
}

/// Writes one file beside its place and renames it there: it is whole or as it was. A symbolic link is not followed.
pub fn replace_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
        anyhow::bail!("{}: expected a file or nothing, got a symbolic link", path.display());
    }
    let staging = sibling(path, &format!("staging-{}", std::process::id()));
    // What a killed run of this number left; or a link that someone put there, which is not followed.
    let _ = fs::remove_file(&staging);
    let mut file = File::create_new(&staging).with_context(|| format!("writing {}", path.display()))?;
    file.write_all(bytes).with_context(|| format!("writing {}", path.display()))?;
    fs::rename(&staging, path).with_context(|| format!("naming {}", path.display()))
}
