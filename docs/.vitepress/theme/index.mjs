// Without the theme's own font: the reader's is good, and there before the page.
import DefaultTheme from 'vitepress/theme-without-fonts';
import './colors.css';

export default DefaultTheme;
