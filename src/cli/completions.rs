//! `prepost completions`.

use super::Failure;
use super::terminal::Terminal;

pub fn run(shell: clap_complete::Shell, terminal: &Terminal) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut super::command(), "prepost", &mut text);
    terminal.result(&String::from_utf8_lossy(&text))
}
