#pragma once

namespace kiln::python {

/// Whether the calling thread may change the document and the types: the main thread of the process. Else false with RuntimeError set, which
/// names what was tried and how to have it done. The interpreter's lock keeps readers of all threads and the one writer apart.
bool may_write(const char* what);

}  // namespace kiln::python
