#include "app/freed_memory.h"

#include <malloc.h>

namespace kiln::app {

void keep_freed_memory() {
  // The largest threshold there is: larger arrays come from the system and go back to it.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
  mallopt(M_TOP_PAD, 16 << 20);
}

}  // namespace kiln::app
