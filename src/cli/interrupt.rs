//! What an interrupted run leaves behind: nothing.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};

/// Folders to take away when the run is interrupted.
static STAGING: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
static HANDLER: Once = Once::new();

/// Takes `folder` away if the user interrupts (or the system ends) the run from here on; exit status 130.
pub fn remove_on_interrupt(folder: &Path) {
    STAGING.lock().unwrap_or_else(PoisonError::into_inner).push(folder.to_owned());
    HANDLER.call_once(|| {
        // Without a handler the folder stays until the next run mends it: no reason to refuse the work.
        let _ = ctrlc::set_handler(|| {
            for folder in STAGING.lock().unwrap_or_else(PoisonError::into_inner).iter() {
                let _ = std::fs::remove_dir_all(folder);
            }
            std::process::exit(130);
        });
    });
}

/// The folder has its name now, or is gone.
pub fn keep(folder: &Path) {
    STAGING.lock().unwrap_or_else(PoisonError::into_inner).retain(|staged| staged != folder);
}
