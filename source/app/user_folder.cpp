#include "app/user_folder.h"

#include <cstdlib>

namespace kiln::app {

std::filesystem::path user_folder() {
  if (const char* folder = std::getenv("XDG_CONFIG_HOME"); folder && *folder) {
    return std::filesystem::path(folder) / "kiln";
  }
  const char* home = std::getenv("HOME");
  return home && *home ? std::filesystem::path(home) / ".config/kiln" : std::filesystem::path();
}

}  // namespace kiln::app
