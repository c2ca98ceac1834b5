//! Arguments → settings → library calls → files.
