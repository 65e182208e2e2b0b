#pragma once

#include <cstdint>

#include "core/math.h"
#include "core/schema/property.h"

namespace kiln {

class DataBlock;
class Document;
class Schema;
class Services;

/// A struct in a document, found and readable: for the length of a call. `index` is the element
/// where `data` is the owner of arrays and the struct is a view of one of their elements, else -1.
struct ConstRef {
  const Schema* schema = nullptr;
  const void* data = nullptr;
  std::int64_t index = -1;
  const DataBlock* block = nullptr;    ///< the data-block it lies in
  const Document* document = nullptr;  ///< for looking up other blocks
  const Services* services = nullptr;  ///< what higher floors offer (evaluation); may be null

  template <typename T>
  const T& as() const {
    return *static_cast<const T*>(data);
  }
  explicit operator bool() const { return data != nullptr; }
};

/// The same, writable: the block has been prepared for editing by `Document::edit`.
struct MutableRef {
  const Schema* schema = nullptr;
  void* data = nullptr;
  std::int64_t index = -1;
  DataBlock* block = nullptr;
  Document* document = nullptr;
  const Services* services = nullptr;

  template <typename T>
  T& as() const {
    return *static_cast<T*>(data);
  }
  operator ConstRef() const { return {schema, data, index, block, document, services}; }
  explicit operator bool() const { return data != nullptr; }
};

/// One element of a collection.
struct ConstElement {
  ConstRef ref;
  ItemId item = 0;  ///< 0 where elements have no ids of their own
  BlockId block;  ///< of collections of data-blocks: the element is this block, and `ref` is empty
};

/// How the elements of a collection property are reached. Implementations: `ListAccess` for lists
/// in a struct, views onto arrays, sets of data-blocks.
class CollectionAccess {
public:
  virtual ~CollectionAccess() = default;

  virtual std::int64_t size(const ConstRef& owner) const = 0;
  /// `index` is in range.
  virtual ConstElement at(const ConstRef& owner, std::int64_t index) const = 0;
  /// Elements are addressed as (owner, index), and making a reference needs no look-up.
  virtual bool is_view() const { return false; }
  /// Elements are data-blocks; all of them at once (`at` one by one may cost as much as all).
  virtual bool holds_blocks() const { return false; }
  virtual std::vector<BlockId> blocks(const ConstRef&) const { return {}; }
  /// The data-block of a name, where that is quicker to tell than its position: no block when there
  /// is none, nothing where the collection cannot tell.
  virtual std::optional<BlockId> find_block(const ConstRef&, std::string_view) const {
    return std::nullopt;
  }
  /// Position of the item with this id, looked for first at `hint`; -1 when it is gone.
  virtual std::int64_t index_of(const ConstRef& owner, ItemId item, std::int64_t hint) const;
  virtual MutableRef edit_at(const MutableRef& owner, std::int64_t index) const;
  /// Position of the first element with this name, by the name property of its schema; -1 when
  /// there is none.
  virtual std::int64_t find(const ConstRef& owner, std::string_view name) const;

  /// Puts a data-block (or none) in the place of element `index`, which is in range; of collections of data-blocks.
  virtual Result<void> assign(const MutableRef& owner, std::int64_t index, BlockId block) const;

  /// Whether a file stores the elements, and thus `clear` and `append` work.
  virtual bool is_stored_list() const { return false; }
  virtual void clear(const MutableRef& owner) const;
  /// A new default element of this type at the end, for readers of files. Null data when the type
  /// does not fit.
  virtual MutableRef append(const MutableRef& owner, const Schema& type, ItemId item) const;
};

/// Reads a value where it lies or through its function. Arrays come as numbers, enumerations as
/// identifiers (a list of them for sets), pointers as handles of data-blocks; structs and
/// collections have no value.
Value read(const ConstRef& ref, const Property& property);

/// Writes a value with the rules of the interface: numbers are clamped to the hard range, strings
/// cut to their length; wrong types, lengths and unknown enumeration items are errors that say what
/// would be right.
Result<void> write(const MutableRef& ref, const Property& property, const Value& value);

/// The nested struct of a pointer property, with its actual type; empty when the pointer is null or
/// refers to a data-block.
ConstRef nested(const ConstRef& ref, const Property& property);
MutableRef nested(const MutableRef& ref, const Property& property);

/// Matrices as values: 16 numbers by rows.
Value matrix_value(const float4x4& m);
float4x4 value_matrix(const Value& value);

/// Whether a stored value is the default one.
bool is_default(const ConstRef& ref, const Property& property);

}  // namespace kiln
