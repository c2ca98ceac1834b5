//! Plan and dataset → results.
