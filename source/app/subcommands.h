#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/command_line.h"

namespace kiln::app {

/// Commands about files that need no scene: `kiln diff A B`, `kiln info FILE`, `kiln deps FILE`.
/// Nothing when the first argument is none of these words. Options may stand anywhere.
std::optional<int> run_subcommand(const std::vector<std::string>& arguments);

/// Their part of `--help`.
std::string subcommand_help();

}  // namespace kiln::app
