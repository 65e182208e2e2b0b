#pragma once

#include "document/editor_spaces.h"
#include "editor/image/image_canvas.h"
#include "editor/image/scopes.h"
#include "editor/window/editor.h"

class QLabel;
class QToolButton;

namespace kiln::editor {

class PlaneNavigation;
class Sidebar;
class SpaceOwner;
struct LayoutItem;

/// Shows a slot of the render or an image of the document: zoom, pan, exposure, values of pixels.
class ImageEditor : public Editor {
  Q_OBJECT
public:
  explicit ImageEditor(EditorContext& context);
  ~ImageEditor() override;
  std::vector<std::string> keymaps() const override { return {"Image"}; }
  bool run_command(const std::string& command, const OperatorSettings& settings) override;
  bool fill_native_menu(const std::string& name, QMenu& menu) override;
  void build_header(QHBoxLayout& header) override;
  QString hint() const override {
    return QStringLiteral(
        "MMB pan  ·  Wheel zoom  ·  Home fit  ·  Numpad 1 one to one  ·  Ctrl+wheel exposure  ·  J "
        "next slot  ·  F12 render  ·  Hold LMB pixel values");
  }
  std::vector<std::pair<std::string, QRect>> named_places() const override;
  void fill_space(Space& space) const override;
  void take_space(const Space& space) override;

protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void refresh();
  void refresh_image();
  void update_line();
  void choose_source();
  void show_view_settings();
  void save();
  void mouse(const QMouseEvent& event);

  void choose_channels();
  void show_side(bool is_shown);
  /// Shows the picture of the active texture node of what is edited, once another one is.
  void follow_texture();
  const render::PassImage* shown_pass() const;

  void place_parts();
  void fill_side(const std::string& tab, LayoutItem& root);
  void fill_scopes(LayoutItem& root);
  void measure();

  void place_navigation();

  ImageCanvas* canvas_;
  PlaneNavigation* navigation_ = nullptr;
  Sidebar* side_ = nullptr;
  BlockId image_;  ///< empty: the render
  ImageUser user_ = SpaceImageEditor().image_user;
  bool is_pinned_ = false, repeats_ = false;
  bool has_gizmo_ = true, has_navigation_ = true;
  SpaceImageOverlay overlay_;
  ImageChannels channels_ = ImageChannels::ColorAlpha;
  int number_ = 0;    ///< of the picture in a sequence that is shown
  BlockId followed_;  ///< the picture of the active texture node
  std::shared_ptr<SpaceOwner> space_owner_;
  QToolButton *source_ = nullptr, *slot_ = nullptr, *exposure_ = nullptr, *view_ = nullptr,
              *channels_button_ = nullptr, *pin_ = nullptr;
  QPointF last_;
  std::optional<QPoint> probe_;
  std::uint64_t asked_ = 0;
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
  std::vector<Connection> connections_;
  /// What the scopes show, or will show soon.
  struct Measured {
    const float* pixels = nullptr;
    std::shared_ptr<const void> owner;
    ImageChannels channels = ImageChannels::ColorAlpha;
    Scopes scopes;
    bool operator==(const Measured& other) const {
      const Scopes &a = scopes, &b = other.scopes;
      return pixels == other.pixels && owner == other.owner && channels == other.channels &&
             std::tie(a.use_full_resolution, a.accuracy, a.histogram.mode, a.histogram.show_line,
                      a.waveform_mode, a.waveform_alpha, a.vectorscope_alpha) ==
                 std::tie(b.use_full_resolution, b.accuracy, b.histogram.mode,
                          b.histogram.show_line, b.waveform_mode, b.waveform_alpha,
                          b.vectorscope_alpha);
    }
  };
  Scopes scopes_;
  Measured measured_;
  ScopePictures scope_pictures_;
  LatestWorker loader_, scope_maker_;
};

void register_image(EditorRegistry& registry);

}  // namespace kiln::editor
