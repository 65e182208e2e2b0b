#pragma once

namespace kiln::python {

/// What other threads and signal handlers may ask of the interpreter while a script runs. All need
/// a running interpreter (`Runtime`) and end with it.

/// Lets Ctrl-C raise `KeyboardInterrupt` in scripts (`interrupt_script`), unless they handle it
/// themselves. Called on the main thread.
bool enable_interrupts();

/// Raises `KeyboardInterrupt` in the script that runs, waking it where it waits. Safe in signal
/// handlers.
void interrupt_script() noexcept;

/// Calls `function(argument)` on the main thread between two instructions of a script, where the
/// document is in order; not before one runs. Safe from any thread. False when too much waits.
bool call_soon(void (*function)(void*), void* argument) noexcept;

/// Writes what Python code runs to a file descriptor. Safe in signal handlers.
void write_traceback(int descriptor) noexcept;

}  // namespace kiln::python
