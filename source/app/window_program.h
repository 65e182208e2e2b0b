#pragma once

namespace kiln::app {

/// Goes on as the program that has a window, with the same arguments, where there is a display.
/// Comes back where there is none, or no such program beside this one: work then goes on without a
/// window.
void become_window_program(char** arguments);

}  // namespace kiln::app
