#pragma once

#include <filesystem>

namespace kiln::app {

/// Where the user's settings are kept (XDG Base Directory Specification); empty where there is no home.
std::filesystem::path user_folder();

}  // namespace kiln::app
