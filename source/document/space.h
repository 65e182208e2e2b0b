#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/schema/schema.h"

namespace kiln {

/// What an area shows and how: one type a kind of editor.
class Space {
public:
  virtual ~Space() = default;
  virtual const Schema& dynamic_schema() const = 0;
  virtual std::shared_ptr<Space> clone() const = 0;
  std::string kind;  ///< "VIEW_3D"
  bool show_region_header = true;
  static const Schema& schema();
};

template <typename T>
class SpaceOf : public Space {
public:
  const Schema& dynamic_schema() const override { return T::schema(); }
  std::shared_ptr<Space> clone() const override {
    return std::make_shared<T>(static_cast<const T&>(*this));
  }
};

/// Editors of which scripts see nothing but their kind.
class SpacePlain : public Space {
public:
  explicit SpacePlain(const Schema& schema) : schema_(&schema) {}
  const Schema& dynamic_schema() const override { return *schema_; }
  std::shared_ptr<Space> clone() const override { return std::make_shared<SpacePlain>(*this); }

private:
  const Schema* schema_;
};

/// The kinds of editors by the names of the interface, with the name of the struct of each; not all
/// of them can be shown.
struct SpaceKind {
  const char* identifier;
  const char* label;
  const char* struct_name;
};
std::span<const SpaceKind> space_kinds();
/// Whether panels and keys can be made for the kind although no area shows it.
bool is_name_only(std::string_view kind);
/// The kind without what is only the name of a mode of it: "DOPESHEET_EDITOR" of "TIMELINE".
std::string_view plain_space_kind(std::string_view kind);
/// The state of a new editor of a kind ("TIMELINE" is a dope sheet).
std::shared_ptr<Space> make_space(std::string_view kind);

/// Tells the window of a write to what scripts see of it; nothing in a document.
void note_window_edit(const MutableRef& ref);
/// The schema with properties that tell the window when they are written.
Schema told_to_window(Schema schema);

void register_spaces(class Registry& registry);

}  // namespace kiln
