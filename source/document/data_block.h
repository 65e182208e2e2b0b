#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/schema/builder.h"
#include "core/tasks.h"
#include "document/id_list.h"

namespace kiln {

/// The kinds of data-blocks a document holds; each has a list of its own in `bpy.data`.
enum class BlockType : std::uint8_t {
  Scene,
  Collection,
  Object,
  Mesh,
  Camera,
  Light,
  World,
  Material,
  NodeTree,
  Image,
  Text,
  Texture,
  Library,
  Count,
};
inline constexpr int block_type_count = int(BlockType::Count);
/// The identifier in the Python interface, such as "NODETREE".
std::string_view identifier_of(BlockType type);
std::optional<BlockType> block_type_named(std::string_view identifier);
/// What a new block is called when nobody says, such as "Mesh".
std::string_view default_block_name(BlockType type);

/// Where a linked block comes from. Its content belongs to the library's file: edits are not saved.
struct LinkSource {
  BlockId library;  ///< the `Library` block; none: the block is local
  Uuid uuid;        ///< what the library's file calls the block
  bool is_indirect = false;  ///< here only because another linked block refers to it
  bool is_missing = false;   ///< the library does not have it (any more); a new block stands in
};

class DataBlock;
struct AssetMetaData;

/// A local block that follows a linked one, except where it was changed: only these properties are
/// stored, the others are taken from the linked block when the document is opened.
struct LibraryOverride {
  BlockRef<DataBlock> reference;   ///< the linked block; none: the block is no override
  std::vector<std::string> paths;  ///< of the properties that differed when that was last looked up
  Uuid hierarchy;          ///< overrides that were made together share it; none: it stands alone
  bool is_root = false;    ///< the one of its hierarchy that the others were made for
  bool is_system = false;  ///< the window does not offer to edit it
};

/// Receives the big arrays of a block, so that a file can keep them apart from the properties.
class ArrayVisitor {
public:
  virtual ~ArrayVisitor() = default;
  /// `size` is in bytes, `element_size` that of the components whose bytes are worth shuffling (1,
  /// 2, 4 or 8). Bytes (`element_size` 1) are valid during the call only, all else as long as the
  /// block is unchanged.
  virtual void array(std::string_view name, const void* data, std::size_t size,
                     int element_size) = 0;
};

/// One unit of a document: named, shared by reference, copied on write. A value type: copying
/// copies the content.
///
/// Derive through `Block<>`, which fills in the type-dependent parts. Structs derived from it must
/// keep it as their first base, since schemas address the properties of a base through the address
/// of the whole.
class DataBlock {
public:
  std::string
      name;  ///< unique among the blocks of its type in one document; at most 63 bytes of UTF-8
  bool use_extra_user = false;  ///< counts as one more user
  bool use_fake_user = false;  ///< kept although nothing uses it
  /// What the interface adds to the count of users until the file is read again: copying a scene
  /// counts what its collection holds for a second time, and not the copy itself. Nothing goes by it.
  int miscounted_users = 0;
  PropertyBag custom;

  // Identity and bookkeeping, set by the document.
  BlockId id;
  Uuid uuid;         ///< names the block across files and renames
  BlockId owner;     ///< of embedded blocks (a material's node tree): the block it is a part of
  LinkSource link;
  LibraryOverride library_override;
  std::shared_ptr<AssetMetaData> asset;  ///< null: no asset; copies share it until it is written
  bool tag = false;  ///< free for scripts
  std::array<std::uint64_t, change_kind_count>
      versions{};                  ///< a stamp per kind of change, see `Change`
  std::string unknown_properties;  ///< JSON of what a newer version of the program stored; written
                                   ///< back unchanged

  virtual ~DataBlock() = default;
  virtual BlockType type() const = 0;
  virtual const Schema& dynamic_schema() const = 0;
  virtual std::shared_ptr<DataBlock> clone() const = 0;
  /// The big arrays in a fixed order, and reading one back; false when there is no such array or
  /// the size does not fit.
  virtual void visit_arrays(ArrayVisitor&) const {}
  virtual bool set_array(std::string_view /*array_name*/, std::string_view /*bytes*/) {
    return false;
  }
  /// References that no property shows, such as material slots in a plain vector: reading them and
  /// replacing them. What `map_references` maps to nothing is kept as an empty entry or dropped, as
  /// the block sees fit.
  virtual void visit_references(FunctionRef<void(BlockId)>) const {}
  virtual void map_references(FunctionRef<BlockId(BlockId)>) {}
  /// References of a kind that there may be very many of, apart from those above; each block is in
  /// the list once. Null: there are none.
  virtual const IdList* long_list() const { return nullptr; }
  virtual IdList* edit_long_list() { return nullptr; }
  /// Called after a property was written through the interface: brings members in line that follow
  /// from others.
  virtual void after_edit(const Document&) {}
  virtual bool wants_after_edit() const { return false; }
  /// Called when a series of edits is over, before anyone else sees the block: brings in order what
  /// editing left pending.
  virtual void finish_editing() {}
  /// Called after a file was read: brings derived members in order. False: the arrays contradict
  /// each other.
  virtual Result<void> finish_reading() { return {}; }

  std::uint64_t version(Change kinds) const;  ///< the newest stamp among these kinds
  void stamp(Change kinds);
  bool is_embedded() const { return bool(owner); }
  bool is_linked() const { return bool(link.library); }
  bool is_override() const { return bool(library_override.reference); }

  static const Schema& schema();

protected:
  DataBlock() = default;
  DataBlock(const DataBlock&) = default;
  DataBlock& operator=(const DataBlock&) = default;
};

/// What a data-block type `Self` needs besides its members: `struct Camera : Block<Camera,
/// BlockType::Camera> {...}`.
template <typename Self, BlockType Type>
class Block : public DataBlock {
public:
  static constexpr BlockType block_type = Type;
  BlockType type() const override { return Type; }
  const Schema& dynamic_schema() const override { return Self::schema(); }
  std::shared_ptr<DataBlock> clone() const override {
    return std::make_shared<Self>(static_cast<const Self&>(*this));
  }
};

/// The base in the interface of settings that an engine or a script adds to a type.
const Schema& property_group_schema();

inline ConstRef reference_to(const DataBlock& block, const Document* document = nullptr,
                             const Services* services = nullptr) {
  return {&block.dynamic_schema(), &block, -1, &block, document, services};
}

}  // namespace kiln
