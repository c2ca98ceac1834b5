//! The `prepost` program: everything is in the library.

fn main() -> std::process::ExitCode {
    prepost::cli::main()
}
