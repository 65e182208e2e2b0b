#pragma once

#include <functional>
#include <string>

#include <nlohmann/json.hpp>

#include "document/file/merge.h"

namespace kiln {

/// Whether a property is about what the user looks at rather than makes (selection, what is
/// active): where both changed it ours counts, and nobody is bothered.
bool is_view_state(const std::string& key);

/// Merges three forms of the properties of one block (`ItemNumbers::common_form`).
class PropertyMerge {
public:
  /// `text_of` shows a value to the user; `stays` names blocks that stay although theirs does not
  /// have them any more.
  PropertyMerge(std::string block, std::function<std::string(const nlohmann::json&)> text_of,
                std::function<bool(const std::string&)> stays, MergeReport& report)
      : block_(std::move(block)),
        text_of_(std::move(text_of)),
        stays_(std::move(stays)),
        report_(report) {}

  /// Null stands for "not there".
  nlohmann::json run(const nlohmann::json& base, const nlohmann::json& ours,
                     const nlohmann::json& theirs);

private:
  using json = nlohmann::json;
  json merge(const json& base, const json& ours, const json& theirs, const std::string& path,
             int depth);
  json merge_objects(const json& base, const json& ours, const json& theirs,
                     const std::string& path, int depth);
  json merge_items(const json& base, const json& ours, const json& theirs, const std::string& path,
                   int depth);
  json merge_references(const json& base, const json& ours, const json& theirs);
  void note(std::vector<MergeConflict>& list, const std::string& path, const json& base,
            const json& ours, const json& theirs);

  std::string block_;
  std::function<std::string(const nlohmann::json&)> text_of_;
  std::function<bool(const std::string&)> stays_;
  MergeReport& report_;
};

}  // namespace kiln
