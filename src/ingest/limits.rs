//! How much is read before a file is taken for damage or an attack.

/// Bounds of what one file may ask for.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of one cell.
    pub cell: usize,
    /// Bytes of one record, and of one line.
    pub record: usize,
    /// Cells of one record.
    pub columns: usize,
    /// Bytes of one file.
    pub file: u64,
}

/// Far above any export (a consent text is a few kilobytes), far below what a computer cannot hold.
pub const LIMITS: Limits = Limits { cell: 16 * MIB, record: 64 * MIB, columns: 100_000, file: 2048 * MIB as u64 };

/// Subjects of one run: what is known of so many takes most of a gigabyte.
pub const MOST_SUBJECTS: usize = 3_000_000;

const MIB: usize = 1 << 20;

/// A number of bytes as a message shows it: `17 MiB`, rounded up.
pub fn size(bytes: u64) -> String {
    const KIB: u64 = 1 << 10;
    match bytes {
        0..KIB => format!("{bytes} bytes"),
        KIB..0x10_0000 => format!("{} KiB", bytes.div_ceil(KIB)),
        _ => format!("{} MiB", bytes.div_ceil(MIB as u64)),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_are_shown_in_the_unit_that_fits() {
        assert_eq!([12, 2048, 64 << 20, (64 << 20) + 1].map(super::size), ["12 bytes", "2 KiB", "64 MiB", "65 MiB"]);
    }
}
