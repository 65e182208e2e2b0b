#pragma once

#include <map>

#include "document/document.h"

namespace kiln {

/// Overrides of linked blocks that belong together (`LibraryOverride::hierarchy`): they use each
/// other in place of the linked blocks that they follow. Neither counts as a change of an override
/// nor is it stored which of them one uses, so that a hierarchy follows its library in that too.

/// Overrides a linked block and what makes one thing with it: objects and collections that it needs
/// (parents, targets of modifiers, objects in a collection), and data that leads back to them.
///
/// What the hierarchy brings into the scene lies in collections of its own, or beside the linked
/// block; `scene` may be none. `is_system`: the window does not offer to edit them. Returns the
/// override of `linked`; none where that is not linked.
BlockId create_override_hierarchy(Document& document, BlockId linked, BlockId scene,
                                  bool is_system);

/// An override and those of its hierarchy that it uses, itself first.
std::vector<BlockId> overrides_below(const Document& document, BlockId id);
/// The block that a hierarchy was made for; of an override that stands alone itself.
BlockId hierarchy_root(const Document& document, const DataBlock& block);

/// Makes an override what it follows again; its name stays.
void reset_override(Document& document, BlockId id);
/// Removes overrides, and lets those who use them use the linked blocks.
void remove_overrides(Document& document, std::span<const BlockId> ids);

/// Which override stands for a linked block in each hierarchy of a document.
class OverrideHierarchies {
public:
  explicit OverrideHierarchies(const Document& document);
  /// Lets an override use the others of its hierarchy.
  void enter(DataBlock& block) const;

private:
  std::map<std::pair<Uuid, BlockId>, BlockId> overrides_;  // by hierarchy and linked block
};

/// The reverse for a copy of an override: it uses the linked blocks.
void leave_override_hierarchy(const Document& document, DataBlock& block);

}  // namespace kiln
