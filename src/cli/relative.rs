//! The way from a folder to a file, as a plan writes it.

use std::path::{Component, Path, PathBuf};

/// `file` as seen from `folder`, with `/` between the parts; absolute where there is no way (another drive).
pub fn path_from(folder: &Path, file: &Path) -> std::io::Result<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // The last part stays as it was named, also where it is a link.
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (from, to) = (folder.canonicalize()?, parent.canonicalize()?);
    let name = file.file_name().unwrap_or(file.as_os_str());
    let shared = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    if shared == 0 {
        return Ok(to.join(name).to_string_lossy().into_owned());
    }
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(to.components().skip(shared)).chain([Component::Normal(name)]).collect();
    let parts: Vec<String> = way.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_goes_up_and_down() {
        let root = tempfile::tempdir().unwrap();
        let (plans, data) = (root.path().join("plans"), root.path().join("data/raw"));
        std::fs::create_dir_all(&plans).unwrap();
        std::fs::create_dir_all(&data).unwrap();
        assert_eq!(path_from(&plans, &data.join("a.csv")).unwrap(), "../data/raw/a.csv");
        assert_eq!(path_from(&data, &data.join("a.csv")).unwrap(), "a.csv");
        assert_eq!(path_from(root.path(), &data.join("a.csv")).unwrap(), "data/raw/a.csv");
    }
}
