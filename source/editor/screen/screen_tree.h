#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kiln::editor {

/// A rectangle in pixels.
struct Rect {
  int x = 0, y = 0, width = 0, height = 0;
  int right() const { return x + width; }
  int bottom() const { return y + height; }
  bool contains(int px, int py) const {
    return px >= x && px < right() && py >= y && py < bottom();
  }
  bool operator==(const Rect&) const = default;
};

using AreaId = int;

/// The bar of an area.
struct AreaBar {
  bool is_shown = true;
  bool is_below = false;  ///< at the lower edge
  bool has_menus = true;  ///< else one button has them all
  bool operator==(const AreaBar&) const = default;
};

/// How a window is divided into areas: a binary tree of splits whose leaves show editors. Areas
/// keep their ids when others change around them.
class ScreenTree {
public:
  enum class Axis { Columns, Rows };  ///< side by side, or one above the other

  struct Area {
    AreaId id = 0;
    std::string editor;  ///< identifier of the editor's type
    Rect rect;
    std::string state = {};  ///< how the editor looks, in its own words
    AreaBar bar = {};
  };
  /// The gap between the two parts of a split.
  struct Gap {
    int split = 0;  ///< names the split until the tree changes
    Axis axis = Axis::Columns;
    Rect rect;
    Rect whole;  ///< of both parts
  };

  /// One area.
  explicit ScreenTree(std::string editor = "VIEW_3D");
  ScreenTree(const ScreenTree& other);
  ScreenTree& operator=(const ScreenTree& other);
  ScreenTree(ScreenTree&&) noexcept;
  ScreenTree& operator=(ScreenTree&&) noexcept;
  ~ScreenTree();

  /// Cuts an area in two; `factor` is the share of the first part. The new area shows the same
  /// editor, is the second part (the first one if `new_is_first`), and its id is returned. Nothing
  /// for an unknown area.
  std::optional<AreaId> split(AreaId area, Axis axis, float factor, bool new_is_first = false);
  /// Removes `taken`; what lies beside it in its split, which is usually `kept`, gets its room.
  /// False when there is no such area or it is the only one.
  bool join(AreaId kept, AreaId taken);
  /// Exchanges what two areas show.
  bool swap(AreaId a, AreaId b);
  bool set_editor(AreaId area, const std::string& editor);
  bool set_state(AreaId area, const std::string& state);
  bool set_bar(AreaId area, const AreaBar& bar);
  /// Moves the border of a split so that its first part has this share, kept within 0.05 and 0.95.
  void set_factor(int split, float factor);

  /// Where areas lie in a window of that size with gaps of that width between them.
  std::vector<Area> areas(Rect window, int gap) const;
  std::vector<Gap> gaps(Rect window, int gap) const;
  std::vector<Area> areas() const { return areas({0, 0, 1000, 1000}, 0); }

  /// As text: `{"axis":"COLUMNS","factor":0.75,"first":...,"second":...}` or
  /// `{"editor":"VIEW_3D"}`, with what its bar is not usually
  /// ("bar":["HIDDEN","BELOW","NO_MENUS"]).
  std::string to_json() const;
  /// Nothing where the text is not such a tree.
  static std::optional<ScreenTree> from_json(const std::string& text);

private:
  struct Node;
  explicit ScreenTree(std::unique_ptr<Node> root);
  std::unique_ptr<Node> root_;
  AreaId next_ = 1;
};

}  // namespace kiln::editor
