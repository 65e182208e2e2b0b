#pragma once

#include "core/result.h"
#include "document/file/recovery.h"

namespace kiln::app {

/// What happens when the program crashes (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, and with it
/// `std::terminate` and failed assertions): a text file with the stack is written, the keeper is
/// asked for a last write of the document, both are named on standard error, and the program ends
/// with the signal.
///
/// The handler itself only opens, writes and waits; all else happens on the keeper's thread. One
/// for each process.
class CrashHandler {
public:
  struct Options {
    RecoveryKeeper* keeper = nullptr;
    void (*write_script_stack)(int descriptor) noexcept = nullptr;
    bool handles_abort = true;
  };

  explicit CrashHandler(const Options& options);
  /// Gives the signals their former meaning.
  ~CrashHandler();
  CrashHandler(const CrashHandler&) = delete;
  CrashHandler& operator=(const CrashHandler&) = delete;

  /// The text is named after the document, in the folder for temporary files.
  void name_after(const Path& document);
};

}  // namespace kiln::app
