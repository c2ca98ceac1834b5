//! The student_t distribution.
