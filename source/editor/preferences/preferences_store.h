#pragma once

#include <string>
#include <vector>

#include "core/script_service.h"
#include "document/preferences.h"
#include "editor/layout/value_access.h"

namespace kiln::editor {

/// What is known about an add-on.
struct AddonFacts {
  std::string module, name, category, description, author, version, file;
  bool is_enabled = false;
  bool is_of_user = false;  ///< its files may be removed
};

/// The add-ons that are found, by category and name. Runs a script.
std::vector<AddonFacts> list_addons(ScriptService& scripts);

/// Preferences as text, and back: properties by section and name, and the enabled add-ons. What is
/// unknown or has no such value is left out.
std::string preferences_to_json(const Preferences& preferences,
                                const std::vector<std::string>& enabled_addons);
std::vector<std::string> preferences_from_json(const std::string& json, Preferences& preferences,
                                               const Services& services);

/// Keeps them in a file, with the add-ons that are enabled; an empty path: nowhere.
void store_preferences(const Path& file, const Preferences& preferences, ScriptService* scripts);

/// Values of `Preferences`, for a layout: written at once, outside the document. Other values as
/// `DocumentAccess` has them.
class PreferencesAccess : public DocumentAccess {
public:
  PreferencesAccess(Session& session, Preferences& preferences)
      : DocumentAccess(session), session_(session), preferences_(preferences) {}
  ConstRef owner(const LayoutItem& item) const override;
  void set(const LayoutItem& item, const Value& value, std::uint64_t merge_key) override;

private:
  MutableRef find(const LayoutItem& item) const;
  Session& session_;
  Preferences& preferences_;
};

}  // namespace kiln::editor
